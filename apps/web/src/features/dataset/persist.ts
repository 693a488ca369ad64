import { loadClient } from '#api/load-client.ts';

/** Milliseconds before each further try: half a minute in all, in which a server starts anew. */
const PAUSES = [1000, 4000, 10_000, 15_000];

/** How one try has gone. */
export interface Try<Value> {
  /** False where the way was broken: another try may end better. */
  readonly ended: boolean;
  readonly value: Value;
}

/**
 * Tries again after pauses that grow, until something has ended, the tries are spent, or it is stopped.
 *
 * @param onAgain told before each pause; it may say no
 */
export async function persist<Value>(
  attempt: () => Promise<Try<Value>>,
  signal: AbortSignal,
  onAgain: () => boolean,
): Promise<Value> {
  for (const pause of PAUSES) {
    const { ended, value } = await attempt();
    if (ended || signal.aborted || !onAgain()) return value;
    await wait(pause, signal);
    if (signal.aborted) return value;
  }
  return (await attempt()).value;
}

/**
 * Asks the server and, where no answer comes, asks again. What it refuses with words is not asked again.
 *
 * @throws what the last try has thrown
 */
export async function askPatiently<Data>(
  question: () => Promise<Data>,
  signal: AbortSignal,
  onAgain: () => boolean,
): Promise<Data> {
  const answer = await persist<{ readonly data: Data } | { readonly error: unknown }>(
    async () => {
      try {
        return { ended: true, value: { data: await question() } };
      } catch (error) {
        return { ended: (await wordsOf(error)) !== null, value: { error } };
      }
    },
    signal,
    onAgain,
  );
  if ('error' in answer) throw answer.error;
  return answer.data;
}

/** What the server has said to a request that failed; null where it has not answered. */
export async function wordsOf(error: unknown): Promise<string | null> {
  const problem = (await loadClient().catch(() => null))?.problemOf(error) ?? null;
  return problem === null ? null : `${problem.message} ${problem.cure ?? ''}`.trim();
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
