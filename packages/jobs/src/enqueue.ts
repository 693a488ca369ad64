import { insertRows, type JobKind, type Transaction } from '@cellmixer/database';
import { fromPrisma } from 'pg-boss';
import { type JobPayload, jobContracts, queueOf } from './contracts.ts';
import { nextTurn } from './next-turn.ts';
import type { Queue } from './queue.ts';
import { tell } from './tell.ts';

export interface NewJob<Kind extends JobKind> {
  readonly kind: Kind;
  readonly payload: JobPayload<Kind>;
  readonly subjectId: string | null;
}

export interface JobOwner {
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly createdById: string | null;
}

/**
 * Writes jobs and their turns in the queue, all in the caller's transaction. Labs take turns: a thousand pictures of one
 * lab do not keep another's one waiting, nor do that other's many keep the rest of the thousand waiting.
 *
 * @returns the jobs' ids, in order
 */
export async function enqueue<Kind extends JobKind>(
  tx: Transaction,
  queue: Queue,
  { organizationId, projectId, createdById }: JobOwner,
  jobs: readonly NewJob<Kind>[],
): Promise<string[]> {
  const first = jobs[0];
  if (first === undefined) return [];
  const name = queueOf[first.kind];
  const turn = await nextTurn(tx, organizationId, name);
  const ids = await insertRows(
    tx,
    'Job',
    jobs.map(({ kind, payload, subjectId }) => ({
      organizationId,
      projectId,
      createdById,
      kind,
      subjectId,
      payload: jobContracts[kind].parse(payload),
    })),
  );
  await queue.insert(
    name,
    ids.map((id, i) => ({ id, data: { jobId: id }, priority: -(turn + i) })),
    { db: fromPrisma(tx) },
  );
  await tell(tx, 'Job', ...ids);
  return ids;
}
