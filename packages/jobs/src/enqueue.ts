import type { JobKind, Transaction } from '@cellmixer/database';
import { fromPrisma } from 'pg-boss';
import { type JobPayload, jobContracts, type QueueName, queueOf } from './contracts.ts';
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
 * Writes jobs and their places in the queue, all in the caller's transaction. Every job waits behind as many others
 * as its lab has waiting already: a thousand pictures of one lab do not keep another's one waiting.
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
  const ahead = await waiting(tx, organizationId, name);
  const rows = await tx.job.createManyAndReturn({
    data: jobs.map(({ kind, payload, subjectId }) => ({
      organizationId,
      projectId,
      createdById,
      kind,
      subjectId,
      payload: jobContracts[kind].parse(payload),
    })),
    select: { id: true },
  });
  const ids = rows.map((row) => row.id);
  await queue.insert(
    name,
    ids.map((id, i) => ({ id, data: { jobId: id }, priority: -(ahead + i) })),
    { db: fromPrisma(tx) },
  );
  await tell(tx, 'Job', ...ids);
  return ids;
}

function waiting(tx: Transaction, organizationId: string | null, queue: QueueName): Promise<number> {
  const kinds = (Object.keys(queueOf) as JobKind[]).filter((kind) => queueOf[kind] === queue);
  return tx.job.count({
    where: { organizationId, kind: { in: kinds }, status: { in: ['QUEUED', 'RUNNING'] } },
  });
}
