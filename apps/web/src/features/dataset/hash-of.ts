import type { HashAnswer, HashRequest } from './hash-messages.ts';

interface Waiting {
  readonly done: (hash: string) => void;
  readonly fail: (error: Error) => void;
}

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/** Hashes beside the page's own thread. @throws Error where the bytes cannot be read any more */
export function hashOf(by: HashRequest['by'], bytes: Blob): Promise<string> {
  worker ??= startWorker();
  const id = ++asked;
  worker.postMessage({ id, by, bytes } satisfies HashRequest);
  return new Promise((done, fail) => waiting.set(id, { done, fail }));
}

function startWorker(): Worker {
  const made = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data: { id, hash, problem } }: MessageEvent<HashAnswer>) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (hash === null) one?.fail(new Error(problem));
    else one?.done(hash);
  });
  made.addEventListener('error', ({ message }) => {
    worker = undefined;
    for (const { fail } of waiting.values()) fail(new Error(message || 'the thread that hashes has ended'));
    waiting.clear();
  });
  return made;
}
