import { setTimeout as pause } from 'node:timers/promises';
import type { JobKind } from '@cellmixer/database';
import type { ServerUnderTest } from './server-under-test.ts';

/** How long (ms) a job may stay with nobody. */
const PATIENCE = 180_000;

/**
 * Strikes while a job of the kind runs, and measures how long it takes until that job is in other hands or has ended.
 * Looks past the database's own absence.
 */
export function watchTakeover(server: ServerUnderTest, kind: JobKind, strike: () => void) {
  const watching = watch(server, kind, strike);
  // A failure is met where the seconds are asked for.
  watching.catch(() => {});
  return { seconds: () => watching };
}

async function watch(
  { database }: ServerUnderTest,
  kind: JobKind,
  strike: () => void,
): Promise<number | null> {
  const running = await database.job.findFirst({
    where: { kind, status: 'RUNNING' },
    orderBy: { startedAt: 'desc' },
  });
  strike();
  if (running === null) return null;
  const started = performance.now();
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(100)) {
    const now = await database.job.findUnique({ where: { id: running.id } }).catch(() => null);
    if (now === null) continue;
    if (now.attempt > running.attempt) return (performance.now() - started) / 1000;
    // It was never in other hands: the fault did not hit its worker.
    if (now.status !== 'RUNNING' && now.status !== 'QUEUED') return null;
  }
  throw new Error(`a ${kind} job was not taken over within ${PATIENCE / 1000} s`);
}
