import { type Database, type JobKind, Prisma, readRows, type Transaction } from '@cellmixer/database';
import { CellMixerError, type ErrorCode } from '@cellmixer/errors';
import type { Change } from './changes.ts';
import { finishSubject, startSubject } from './subject-status.ts';
import { CHANNEL, tell } from './tell.ts';
import { countUse, demandInputs, findWithdrawn, WITHDRAWN } from './withdrawn-inputs.ts';

/** Failed attempts without a new checkpoint in between after which a job is given up. */
const ATTEMPTS = 3;

/** A job in the hands of a worker. Every write names the attempt: who was thought dead can change nothing. */
export interface HeldJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly attempt: number;
  readonly payload: Prisma.JsonValue;
  readonly subjectId: string | null;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly createdById: string | null;
}

/**
 * Takes a job that the queue handed out.
 *
 * @returns null where there is nothing to do: it has ended, or was cancelled while nobody held it
 */
export async function claim(database: Database, jobId: string, worker: string): Promise<HeldJob | null> {
  // Thousands of them come, and there is nothing else to do: one statement.
  const [plain] = await readRows<HeldJob>(database, taking(jobId, worker, true));
  if (plain !== undefined) return plain;
  return database.$transaction(async (tx) => {
    const [job] = await tx.$queryRaw<HeldJob[]>(taking(jobId, worker, false));
    if (job === undefined) {
      // A worker died after it was told to stop: nobody holds it any more.
      await endStopped(tx, { id: jobId, status: 'CANCELLING' });
      return null;
    }
    const gone = await findWithdrawn(tx, job);
    if (gone !== null) {
      await fail(tx, job, gone);
      return null;
    }
    if (job.attempt === 1) await countUse(tx, job);
    await startSubject(tx, job);
    return job;
  });
}

/** Kinds that read nothing lent, and whose subjects do not show that they are worked on. */
const PLAIN = ['INGEST', 'FOREGROUND', 'ANNOTATE', 'SWEEP'] satisfies JobKind[];

/** Makes a job this worker's and tells of it, where it is of the plain kinds or of the others. */
function taking(jobId: string, worker: string, isPlain: boolean): Prisma.Sql {
  return Prisma.sql`
    WITH taken AS (
      UPDATE "Job" SET status = 'RUNNING', attempt = attempt + 1, worker = ${worker}, "heartbeatAt" = now(),
        "secondsLeft" = NULL, "startedAt" = COALESCE("startedAt", now())
      WHERE id = ${jobId}::uuid AND status IN ('QUEUED', 'RUNNING') AND (kind::text = ANY(${PLAIN})) = ${isPlain}
      RETURNING id::text, kind::text, attempt, payload, "subjectId"::text, "organizationId"::text,
        "projectId"::text, "createdById"::text
    ), told AS (SELECT pg_notify(${CHANNEL}, json_build_object('type', 'Job', 'id', id)::text) FROM taken)
    SELECT taken.* FROM taken, told`;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

/** What a heartbeat finds: go on, stop because somebody asked, or stop because another worker has the job. */
export type Beat = 'go-on' | 'cancel' | 'lost';

export async function beat(database: Database, job: HeldJob, progress: Progress | null): Promise<Beat> {
  const found = await database.job.updateManyAndReturn({
    where: { id: job.id, attempt: job.attempt, status: { in: ['RUNNING', 'CANCELLING'] } },
    data: {
      heartbeatAt: new Date(),
      ...(progress === null
        ? {}
        : {
            progressDone: progress.done,
            progressTotal: progress.total,
            secondsLeft: progress.secondsLeft,
          }),
    },
    select: { status: true },
  });
  const row = found[0];
  if (row === undefined) return 'lost';
  if (progress !== null) await tell(database, 'Job', job.id);
  return row.status === 'CANCELLING' ? 'cancel' : 'go-on';
}

/**
 * Runs `write` in a transaction that commits only if the job is still this attempt's.
 *
 * @throws CANCELLED where it is not
 */
export function whileHeld<Result>(
  database: Database,
  job: HeldJob,
  write: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (tx) => {
    await demandHeld(tx, job);
    return write(tx);
  });
}

async function demandHeld(tx: Transaction, { id, attempt }: HeldJob): Promise<void> {
  // The lock keeps a second worker from claiming between this look and the commit.
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Job" WHERE id = ${id}::uuid AND attempt = ${attempt} AND status = 'RUNNING' FOR UPDATE`;
  if (rows.length === 0)
    throw new CellMixerError('CANCELLED', `attempt ${attempt} of job ${id} does not hold it any more`);
}

/** A new checkpoint stands: earlier failures do not count any more. `write` publishes it. */
export function checkpointed(
  database: Database,
  job: HeldJob,
  write: (tx: Transaction) => Promise<void>,
): Promise<void> {
  return whileHeld(database, job, async (tx) => {
    await demandInputs(tx, job);
    await tx.job.update({ where: { id: job.id }, data: { fruitless: 0 } });
    await write(tx);
  });
}

/** Ends a job well. `publish` makes its results visible in the same transaction. */
export function succeed(
  database: Database,
  job: HeldJob,
  publish: (tx: Transaction) => Promise<void>,
): Promise<void> {
  return whileHeld(database, job, async (tx) => {
    await demandInputs(tx, job);
    await publish(tx);
    await tx.$executeRaw`
      UPDATE "Job" SET status = 'SUCCEEDED', "finishedAt" = now(), "secondsLeft" = NULL WHERE id = ${job.id}::uuid`;
    await finishSubject(tx, job, 'SUCCEEDED', null);
    await tell(tx, 'Job', job.id);
  });
}

/**
 * Ends a job of a plain kind well, with what one statement publishes of it: for the thousands whose transaction would
 * cost more than their work on the database.
 *
 * @param publish changes rows and returns them; it selects `FROM held`, which is empty where the job is not this
 * attempt's any more
 * @param changed a row that it changes, of which is told
 * @returns false where nothing was published and the job has not ended: `succeed` does it, or tells why it cannot be
 */
export async function succeedAtOnce(
  database: Database,
  { id, attempt }: HeldJob,
  publish: Prisma.Sql,
  changed: Change,
): Promise<boolean> {
  const words = [{ type: 'Job', id }, changed].map((word) => JSON.stringify(word));
  const told = await readRows(
    database,
    Prisma.sql`
      WITH held AS (
        SELECT id FROM "Job" WHERE id = ${id}::uuid AND attempt = ${attempt} AND status = 'RUNNING' FOR UPDATE
      ), published AS (${publish}), ended AS (
        UPDATE "Job" j SET status = 'SUCCEEDED', "finishedAt" = now(), "secondsLeft" = NULL
        FROM (SELECT count(*) AS rows FROM published) p WHERE j.id = ${id}::uuid AND p.rows > 0 RETURNING j.id
      )
      SELECT pg_notify(${CHANNEL}, word) FROM ended, unnest(${words}::text[]) AS words(word)`,
  );
  return told.length > 0;
}

/** Ends a job that was asked to stop. Nothing happens where another worker has it. */
export async function confirmCancelled(database: Database, job: HeldJob): Promise<void> {
  await database.$transaction(async (tx) => {
    await endStopped(tx, {
      id: job.id,
      attempt: job.attempt,
      status: { in: ['RUNNING', 'CANCELLING'] },
    });
  });
}

/** A job that was stopped has been cancelled, or has failed where what it reads was taken from it. */
async function endStopped(tx: Transaction, where: Prisma.JobWhereInput): Promise<void> {
  const ended = await tx.job.updateManyAndReturn({
    where,
    data: { status: 'CANCELLED', finishedAt: new Date(), secondsLeft: null },
  });
  const job = ended[0];
  if (job === undefined) return;
  const { errorCode: code, errorMessage, errorCure: cure } = job;
  if (code === WITHDRAWN) return fail(tx, job, { code, message: errorMessage ?? '', cure });
  await finishSubject(tx, job, 'CANCELLED', null);
  await tell(tx, 'Job', job.id);
}

async function fail(tx: Transaction, job: HeldJob, failure: Failure): Promise<void> {
  const ended = await tx.job.update({
    where: { id: job.id },
    data: {
      status: 'FAILED',
      finishedAt: new Date(),
      secondsLeft: null,
      errorCode: failure.code,
      errorMessage: failure.message,
      errorCure: failure.cure,
    },
  });
  await finishSubject(tx, ended, 'FAILED', failure);
  await tell(tx, 'Job', job.id);
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly cure: string | null;
}

/** Why a job may not go on: something is not there any more. */
export interface Refusal extends Failure {
  readonly code: ErrorCode;
  readonly cure: string;
}

/**
 * An attempt has failed.
 *
 * @param weight `final` is a mistake in what was asked for, which no further attempt would cure; `none` is a part
 * that is away, for which the job waits as long as it takes
 * @returns whether the job is to be tried again
 */
export async function failAttempt(
  database: Database,
  job: HeldJob,
  failure: Failure,
  weight: 'none' | 'one' | 'final',
): Promise<boolean> {
  return database.$transaction(async (tx) => {
    const counted = await tx.job.updateManyAndReturn({
      where: { id: job.id, attempt: job.attempt, status: 'RUNNING' },
      data: { fruitless: { increment: weight === 'none' ? 0 : 1 } },
    });
    const row = counted[0];
    if (row === undefined) return false;
    const over = weight === 'final' || row.fruitless >= ATTEMPTS;
    await tx.job.update({
      where: { id: job.id },
      data: {
        status: over ? 'FAILED' : 'QUEUED',
        finishedAt: over ? new Date() : null,
        secondsLeft: null,
        errorCode: failure.code,
        errorMessage: failure.message,
        errorCure: failure.cure,
      },
    });
    if (over) await finishSubject(tx, row, 'FAILED', failure);
    await tell(tx, 'Job', job.id);
    return !over;
  });
}
