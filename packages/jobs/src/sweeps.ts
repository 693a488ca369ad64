import type { Database, Transaction } from '@cellmixer/database';
import { enqueue } from './enqueue.ts';
import type { Queue } from './queue.ts';

const CLOCK = 'sweep-clock';
/** Expired things each hour; the whole bucket once a night (UTC). */
const schedules = [
  { key: 'hourly', cron: '17 * * * *', orphans: false },
  { key: 'nightly', cron: '37 2 * * *', orphans: true },
] as const;

/** Queues a sweep, unless one of the kind waits or runs already. */
export async function queueSweep(
  tx: Transaction,
  queue: Queue,
  { orphans }: { readonly orphans: boolean },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('queueSweep', 0))`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Job" WHERE kind = 'SWEEP' AND (payload->>'orphans')::boolean = ${orphans}
      AND (status = 'QUEUED' OR (${orphans} AND status = 'RUNNING')) LIMIT 1`;
  if (rows.length > 0) return;
  const nobody = { organizationId: null, projectId: null, createdById: null };
  await enqueue(tx, queue, nobody, [{ kind: 'SWEEP', subjectId: null, payload: { orphans } }]);
}

/** Has sweeps queued by the clock, once however many workers run. */
export async function keepSweeping(database: Database, queue: Queue): Promise<void> {
  if ((await queue.getQueue(CLOCK)) === null) await queue.createQueue(CLOCK, { notify: true });
  await queue.work<{ orphans: boolean }>(CLOCK, { pollingIntervalSeconds: 30 }, async (ticks) => {
    for (const { data } of ticks)
      await database.$transaction((tx) => queueSweep(tx, queue, { orphans: data.orphans }));
  });
  for (const { key, cron, orphans } of schedules)
    await queue.schedule(CLOCK, cron, { orphans }, { key, tz: 'UTC' });
}
