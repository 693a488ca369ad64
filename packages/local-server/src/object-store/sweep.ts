import type { ObjectFolder } from './disk/object-folder.ts';

const hourMs = 60 * 60 * 1000;

/** Unfinished uploads that nothing has been added to for that long are removed. */
export const staleAfterMs = 24 * hourMs;

/** Removes stale uploads now and each hour, until the returned function is called. */
export async function sweepHourly(
  store: ObjectFolder,
  now: () => number,
  onFault: (message: string, error: unknown) => void,
): Promise<() => void> {
  const sweep = async () => {
    try {
      await store.uploads.removeStale(now() - staleAfterMs);
    } catch (error) {
      onFault('stale uploads could not be removed', error);
    }
  };
  await sweep();
  const timer = setInterval(sweep, hourMs);
  timer.unref();
  return () => clearInterval(timer);
}
