import { Loading } from './loading.ts';
import { isPromise, Thrown } from './thrown.ts';

/** The values once all of them are there, or what was thrown instead; at once where nothing is waited for. */
export function settle(values: readonly unknown[]): readonly unknown[] | Promise<readonly unknown[]> {
  const pending = new Set<Promise<void>>();
  let loading = false;
  let waiting = false;
  for (const value of values) {
    if (value instanceof Loading) {
      loading = true;
      if (value.pending !== null) pending.add(value.pending);
    } else waiting ||= isPromise(value);
  }
  if (pending.size > 0)
    return Promise.all(pending).then(() => {
      const read = readLoaded(values);
      return waiting ? allSettled(read) : read;
    });
  const read = loading ? readLoaded(values) : values;
  return waiting ? allSettled(read) : read;
}

function readLoaded(values: readonly unknown[]): readonly unknown[] {
  return values.map((value) => (value instanceof Loading ? value.settled() : value));
}

async function allSettled(values: readonly unknown[]): Promise<readonly unknown[]> {
  try {
    return await Promise.all(values);
  } catch {
    // Only where something was thrown is each asked on its own, which makes a promise more for each.
    return Promise.all(
      values.map((value) =>
        isPromise(value) ? value.then(undefined, (reason) => new Thrown(reason)) : value,
      ),
    );
  }
}
