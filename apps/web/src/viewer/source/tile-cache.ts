import type { Samples } from './samples.ts';

interface Coming {
  readonly promise: Promise<Samples>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Decoded tiles, at most `limit` bytes, those seen longest ago leave first. Several who want the same tile wait for one
 * request; it is stopped once the last of them has given up.
 */
export class TileCache {
  readonly #limit: number;
  readonly #kept = new Map<string, Samples>();
  readonly #coming = new Map<string, Coming>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What is here now. */
  peek(key: string): Samples | undefined {
    return this.#kept.get(key);
  }

  /** Rejects with the signal's reason once it is aborted, or with what `load` throws. */
  async get(
    key: string,
    load: (signal: AbortSignal) => Promise<Samples>,
    signal?: AbortSignal,
  ): Promise<Samples> {
    signal?.throwIfAborted();
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const coming = this.#coming.get(key) ?? this.#start(key, load);
    coming.waiting++;
    return await new Promise<Samples>((done, fail) => {
      const giveUp = (): void => {
        coming.waiting--;
        if (coming.waiting === 0) {
          this.#coming.delete(key);
          coming.stop.abort(signal?.reason);
        }
        fail(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      coming.promise.then(done, fail).finally(() => signal?.removeEventListener('abort', giveUp));
    });
  }

  #start(key: string, load: (signal: AbortSignal) => Promise<Samples>): Coming {
    const stop = new AbortController();
    const promise = load(stop.signal).then((tile) => {
      if (!stop.signal.aborted) this.#keep(key, tile);
      return tile;
    });
    const coming = { promise, stop, waiting: 0 };
    this.#coming.set(key, coming);
    const forget = (): void => {
      if (this.#coming.get(key) === coming) this.#coming.delete(key);
    };
    promise.then(forget, forget);
    return coming;
  }

  #keep(key: string, tile: Samples): void {
    this.#kept.set(key, tile);
    this.#bytes += tile.byteLength;
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
