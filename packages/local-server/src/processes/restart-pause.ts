/** The longest pause (ms) before a crashed service is started again. */
const LONGEST = 30_000;

/** How long (ms) to wait before a restart: twice as long after each failure in a row, never above 30 s. */
export function restartPause(failures: number, shortest: number): number {
  return Math.min(LONGEST, shortest * 2 ** Math.max(0, failures - 1));
}
