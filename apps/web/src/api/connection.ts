import { useSyncExternalStore } from 'react';

/** Milliseconds between two questions whether the server is back, and how long each may take. */
const REST = 3000;
const PATIENCE = 5000;

/** Whether the server answers, as far as the last requests tell. While it does not, it is asked again and again. */
let up = true;
let asking: AbortController | undefined;
const listeners = new Set<() => void>();

export function tellConnection(isUp: boolean): void {
  if (isUp === up) return;
  up = isUp;
  asking?.abort();
  if (!up) {
    asking = new AbortController();
    void untilAnswers(asking.signal).then((isBack) => isBack && tellConnection(true));
  }
  for (const listener of listeners) listener();
}

export function useConnection(): boolean {
  return useSyncExternalStore(
    listen,
    () => up,
    () => true,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Asks the server until it answers, one question at a time: a server that stands still is not heaped with them, and the
 * browser keeps connections for others. @returns false where the signal has ended it
 */
export async function untilAnswers(signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    await new Promise((done) => setTimeout(done, REST));
    if (!signal.aborted && (await answers())) return !signal.aborted;
  }
  return false;
}

/** @returns once the server answers, or the signal has ended the waiting */
export function untilUp(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (up || signal.aborted) return done();
    const unlisten = listen(() => {
      if (up) end();
    });
    const end = () => {
      unlisten();
      signal.removeEventListener('abort', end);
      done();
    };
    signal.addEventListener('abort', end);
  });
}

/** Whether the server answers a short question. */
export async function answers(signal?: AbortSignal): Promise<boolean> {
  const late = AbortSignal.timeout(PATIENCE);
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
    signal: signal === undefined ? late : AbortSignal.any([late, signal]),
  }).catch(() => null);
  return answer?.ok ?? false;
}
