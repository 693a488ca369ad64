/**
 * Runs `work`, which emits events, and hands them on as they come. Leaving the loop early aborts the work and
 * waits for it to end.
 */
export async function* eventStream<Event, Result>(
  work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): AsyncGenerator<Event, Result> {
  const left = new AbortController();
  const signal = outer === undefined ? left.signal : AbortSignal.any([outer, left.signal]);
  const queue: Event[] = [];
  let wake: () => void = () => {};
  let ended = false;
  const run = work((event) => {
    queue.push(event);
    wake();
  }, signal).finally(() => {
    ended = true;
    wake();
  });
  // The consumer may leave before the work fails; the failure is then looked at in `finally`.
  run.catch(() => {});
  try {
    for (;;) {
      const event = queue.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      if (ended) return await run;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    if (!ended) {
      left.abort();
      await run.catch(() => {});
    }
  }
}
