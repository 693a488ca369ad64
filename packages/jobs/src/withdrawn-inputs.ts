import type { JobKind, Transaction } from '@cellmixer/database';
import { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { findAskerGone } from './find-asker-gone.ts';
import type { Refusal } from './held-job.ts';
import { finishSubjects, setSubjectStatus } from './subject-status.ts';
import { tell } from './tell.ts';

interface JobRow {
  readonly kind: JobKind;
  readonly subjectId: string | null;
}

interface Input {
  readonly name: string;
  readonly shareId: string | null;
  readonly there: boolean;
}

export const WITHDRAWN = 'INPUT_WITHDRAWN';

/** The datasets that a job's subject reads, with the project that it works for. */
function inputsOf({ kind, subjectId }: JobRow): Prisma.Sql | null {
  if (subjectId === null) return null;
  if (kind === 'TRAIN') {
    return Prisma.sql`SELECT DISTINCT v."datasetId", r."projectId", true AS there FROM "TrainingRun" r
      JOIN "TrainingSource" s ON s."runId" = r.id JOIN "DatasetVersion" v ON v.id = s."versionId"
      WHERE r.id = ${subjectId}::uuid`;
  }
  if (kind === 'SEGMENT') {
    return Prisma.sql`SELECT i."datasetId", s."projectId", i."deletedAt" IS NULL AS there FROM "Segmentation" s
      JOIN "Image" i ON i.id = s."imageId" WHERE s.id = ${subjectId}::uuid`;
  }
  if (kind === 'EVALUATE') {
    return Prisma.sql`SELECT v."datasetId", e."projectId", true AS there FROM "Evaluation" e
      JOIN "DatasetVersion" v ON v.id = e."datasetVersionId" WHERE e.id = ${subjectId}::uuid`;
  }
  if (kind === 'COMPARE') {
    return Prisma.sql`SELECT v."datasetId", c."projectId", true AS there FROM "Comparison" c
      JOIN "DatasetVersion" v ON v.id = c."datasetVersionId" WHERE c.id = ${subjectId}::uuid`;
  }
  return null;
}

/**
 * Looks whether everything that a job reads is there and lent still, and keeps a lent dataset from being taken back
 * until the transaction ends. An export reads maps and figures, which stay; what it takes along of the pictures it looks
 * at itself, and here is seen whether who asked for it is there still.
 *
 * @returns what is not there any more; null where all is well
 */
export async function findWithdrawn(tx: Transaction, job: JobRow): Promise<Refusal | null> {
  if (job.kind === 'EXPORT') return job.subjectId === null ? null : findAskerGone(tx, job.subjectId);
  const inputs = await readInputs(tx, job);
  const gone = inputs.find((input) => !input.there);
  return gone === undefined ? null : withdrawal(gone.name);
}

/** @throws INPUT_WITHDRAWN where something that the job reads was deleted or is not lent any more; ASKER_GONE */
export async function demandInputs(tx: Transaction, job: JobRow): Promise<void> {
  const gone = await findWithdrawn(tx, job);
  if (gone !== null) throw new CellMixerError(gone.code, gone.message, { cure: gone.cure });
}

/** Counts for their owners that lent datasets are worked with. */
export async function countUse(tx: Transaction, job: JobRow): Promise<void> {
  for (const { shareId } of await readInputs(tx, job)) {
    if (shareId === null) continue;
    await tx.$executeRaw`
      INSERT INTO "DatasetUse" ("shareId", day, kind, jobs)
      VALUES (${shareId}::uuid, (now() AT TIME ZONE 'UTC')::date, ${job.kind}::"JobKind", 1)
      ON CONFLICT ("shareId", day, kind) DO UPDATE SET jobs = "DatasetUse".jobs + 1`;
  }
}

async function readInputs(tx: Transaction, job: JobRow): Promise<Input[]> {
  const inputs = inputsOf(job);
  if (inputs === null) return [];
  await tx.$queryRaw(Prisma.sql`
    SELECT 1 FROM "DatasetShare" l JOIN (${inputs}) i ON i."datasetId" = l."datasetId" AND i."projectId" = l."projectId"
    FOR SHARE OF l`);
  return tx.$queryRaw<Input[]>(Prisma.sql`
    SELECT d.name, l.id::text AS "shareId", i.there AND d."deletedAt" IS NULL AND owner."deletedAt" IS NULL
      AND (d."projectId" = i."projectId" OR COALESCE(l.status = 'ACCEPTED', false)) AS there
    FROM (${inputs}) i JOIN "Dataset" d ON d.id = i."datasetId" JOIN "Project" owner ON owner.id = d."projectId"
    LEFT JOIN "DatasetShare" l ON l."datasetId" = d.id AND l."projectId" = i."projectId"
      AND d."projectId" <> i."projectId"`);
}

function withdrawal(dataset: string): Refusal {
  return {
    code: WITHDRAWN,
    message: `Pictures of “${dataset}” were deleted, or are not lent any more.`,
    cure: 'Work with other pictures, or ask their owner to lend them again.',
  };
}

/** Work of a project on a dataset, which is lent to it. */
export interface Borrowed {
  readonly datasetId: string;
  readonly projectId: string;
}

/** The unfinished jobs `j` that read it. */
function unfinishedOn({ datasetId, projectId }: Borrowed): Prisma.Sql {
  return Prisma.sql`
    j."projectId" = ${projectId}::uuid AND j.status IN ('QUEUED', 'RUNNING') AND (
      (j.kind = 'TRAIN' AND EXISTS (SELECT 1 FROM "TrainingSource" s JOIN "DatasetVersion" v ON v.id = s."versionId"
        WHERE s."runId" = j."subjectId" AND v."datasetId" = ${datasetId}::uuid))
      OR (j.kind = 'SEGMENT' AND EXISTS (SELECT 1 FROM "Segmentation" s JOIN "Image" i ON i.id = s."imageId"
        WHERE s.id = j."subjectId" AND i."datasetId" = ${datasetId}::uuid))
      OR (j.kind = 'EXPORT' AND EXISTS (SELECT 1 FROM "Export" e JOIN "SegmentationRun" r ON r.id = e."segmentationRunId"
        JOIN "DatasetVersion" v ON v.id = r."datasetVersionId"
        WHERE e.id = j."subjectId" AND v."datasetId" = ${datasetId}::uuid))
      OR (j.kind = 'COMPARE' AND EXISTS (SELECT 1 FROM "Comparison" c JOIN "DatasetVersion" v ON v.id = c."datasetVersionId"
        WHERE c.id = j."subjectId" AND v."datasetId" = ${datasetId}::uuid))
      OR (j.kind = 'EVALUATE' AND EXISTS (SELECT 1 FROM "Evaluation" e JOIN "DatasetVersion" v ON v.id = e."datasetVersionId"
        WHERE e.id = j."subjectId" AND v."datasetId" = ${datasetId}::uuid)))`;
}

/**
 * Waits until no worker publishes what came of a lent dataset, and lets none begin to. To be asked before the share is
 * changed: workers lock their job first, then the share, and so must everybody, or two wait for each other.
 */
export async function lockJobsOn(tx: Transaction, borrowed: Borrowed): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Job" j WHERE ${unfinishedOn(borrowed)} ORDER BY j.id FOR UPDATE`;
}

/** Ends the unfinished work of a project on a dataset: what waits at once, what runs when its worker has stopped. */
export async function withdrawInputs(tx: Transaction, borrowed: Borrowed): Promise<number> {
  const dataset = await tx.dataset.findUniqueOrThrow({
    where: { id: borrowed.datasetId },
    select: { name: true },
  });
  const { code, message, cure } = withdrawal(dataset.name);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT j.id::text AS id FROM "Job" j WHERE ${unfinishedOn(borrowed)}`;
  const id = { in: rows.map((row) => row.id) };
  const error = { errorCode: code, errorMessage: message, errorCure: cure };
  const waiting = await tx.job.updateManyAndReturn({
    where: { id, status: 'QUEUED' },
    data: { status: 'FAILED', finishedAt: new Date(), ...error },
  });
  const running = await tx.job.updateManyAndReturn({
    where: { id, status: 'RUNNING' },
    data: { status: 'CANCELLING', ...error },
  });
  await finishSubjects(tx, waiting, 'FAILED', { code, message, cure });
  for (const job of running) await setSubjectStatus(tx, job, 'CANCELLING');
  await tell(tx, 'Job', ...[...waiting, ...running].map((job) => job.id));
  return waiting.length + running.length;
}
