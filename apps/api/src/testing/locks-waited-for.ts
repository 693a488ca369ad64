import type { Database } from '@cellmixer/database';

/** The locks that somebody waits for at this moment. */
export function locksWaitedFor(database: Database): Promise<unknown[]> {
  return database.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
}
