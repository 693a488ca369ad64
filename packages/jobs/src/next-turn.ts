import type { Transaction } from '@cellmixer/database';
import type { QueueName } from './contracts.ts';

/**
 * The turn at which a lab's next job is due (start-time fair queueing): each job of a lab has the turn after the one
 * before it, and a lab that had nothing in the queue begins at the turn that is being served. Workers take the lowest
 * turn first, so that labs alternate however many jobs each has waiting.
 */
export async function nextTurn(
  tx: Transaction,
  organizationId: string | null,
  queue: QueueName,
): Promise<number> {
  // A turn is a priority, turned round. Entries whose job was cancelled while it waited do not count.
  const [turns] = await tx.$queryRaw<{ own: number | null; served: number | null; waiting: number | null }[]>`
    SELECT
      max(-b.priority) FILTER (WHERE j."organizationId" IS NOT DISTINCT FROM ${organizationId}::uuid) AS own,
      max(-b.priority) FILTER (WHERE b.state = 'active') AS served,
      min(-b.priority) FILTER (WHERE b.state <> 'active') AS waiting
    FROM pgboss.job b JOIN "Job" j ON j.id = b.id AND j.status IN ('QUEUED', 'RUNNING')
    WHERE b.name = ${queue} AND b.state IN ('created', 'retry', 'active')`;
  const begin = turns?.served ?? turns?.waiting ?? 0;
  return Math.max(begin, (turns?.own ?? begin - 1) + 1);
}
