import type { DecodeJob, DecodeResult } from './decode-job.ts';

interface Waiting {
  readonly done: (decoded: ArrayBuffer) => void;
  readonly fail: (error: Error) => void;
}

/** One thread that decodes tiles. */
class Decoder {
  readonly #worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #jobs = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<DecodeResult>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('decoded' in data) waiting?.done(data.decoded);
      else waiting?.fail(new Error(data.error));
    });
    this.#worker.addEventListener('error', ({ message }) => {
      const error = new Error(
        `the thread that unpacks pictures has ended: ${message || 'it could not be loaded'}`,
      );
      for (const { fail } of this.#waiting.values()) fail(error);
      this.#waiting.clear();
    });
  }

  get busy(): number {
    return this.#waiting.size;
  }

  decode(job: Omit<DecodeJob, 'id'>): Promise<ArrayBuffer> {
    const id = ++this.#jobs;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#worker.postMessage({ ...job, id } satisfies DecodeJob, [job.packed]);
    });
  }
}

let decoders: readonly Decoder[] | undefined;

/** Starts the threads, shared by all viewers: one core is left to the page. Takes a while, so that one does it early. */
export function startDecoders(): readonly Decoder[] {
  decoders ??= Array.from(
    { length: Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1)) },
    () => new Decoder(),
  );
  return decoders;
}

/** Undoes a tile's compression and predictor beside the page's own thread. The packed bytes are gone afterwards. */
export async function decodeTile(job: Omit<DecodeJob, 'id'>): Promise<ArrayBuffer> {
  return await startDecoders()
    .reduce((idle, one) => (one.busy < idle.busy ? one : idle))
    .decode(job);
}
