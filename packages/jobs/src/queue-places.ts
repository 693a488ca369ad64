import type { Database } from '@cellmixer/database';
import type { QueueName } from './contracts.ts';

/**
 * The place in the queue of every job that waits, from 1, by the subject that it works on: in the order in which
 * workers will take them.
 */
export async function queuePlaces(
  database: Database,
  queue: QueueName,
  subjectIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ subjectId: string; place: number }[]>`
    SELECT j."subjectId", q.place FROM (
      SELECT b.id, (row_number() OVER (ORDER BY b.priority DESC, b.created_on, b.id))::int AS place
      FROM pgboss.job b JOIN "Job" w ON w.id = b.id AND w.status = 'QUEUED'
      WHERE b.name = ${queue} AND b.state IN ('created', 'retry')
    ) q JOIN "Job" j ON j.id = q.id
    WHERE j."subjectId" = ANY(${[...subjectIds]}::uuid[])`;
  return new Map(rows.map((row) => [row.subjectId, row.place]));
}
