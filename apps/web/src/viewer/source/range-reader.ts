import { ViewerError } from '../viewer-problem.ts';
import type { Address } from './address.ts';

/** What a bucket answers once a presigned address has expired, or its signature is no longer good. */
const expired = new Set([400, 401, 403]);

const attempts = 4;

/**
 * Reads parts of one object. An expired address is renewed once for all readers that wait; failures of the network
 * and of the server are tried again after growing pauses.
 */
export class RangeReader {
  /** Bytes that have come. */
  fetched = 0;
  /** Of the whole object, once a first part has come. */
  size: number | null = null;
  readonly #what: string;
  readonly #renew: Address['renew'];
  #url: string;
  #renewing: Promise<void> | null = null;

  constructor(address: Address, what: string) {
    this.#what = what;
    this.#url = address.url;
    this.#renew = address.renew;
  }

  /** The bytes from `offset` on; fewer than `length` only at the object's end. Throws ViewerError, or the abort. */
  async read(offset: number, length: number, signal?: AbortSignal): Promise<ArrayBuffer> {
    if (this.size !== null && offset >= this.size) return new ArrayBuffer(0);
    let failure: unknown;
    let renewed = false;
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0 && !renewed) await pause(200 * 2 ** attempt, signal);
      const url = this.#url;
      let response: Response;
      try {
        const range = `bytes=${offset}-${offset + length - 1}`;
        response = await fetch(url, { headers: { range }, ...(signal && { signal }) });
        if (response.status === 206) {
          this.size = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]) || this.size;
          return this.#count(await response.arrayBuffer());
        }
        // A server without ranges sends all; cut out what was asked, rather than fail on a small picture.
        if (response.status === 200) {
          return this.#count(await response.arrayBuffer()).slice(offset, offset + length);
        }
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
        renewed = false;
        continue;
      }
      await response.body?.cancel();
      // Asked for what lies behind the end, before its size was known.
      if (response.status === 416) return new ArrayBuffer(0);
      failure = new Error(`the store answered ${response.status}`);
      if (!expired.has(response.status)) {
        if (response.status < 500 && response.status !== 429) break;
        renewed = false;
      } else if (renewed || !this.#renew) {
        break;
      } else {
        await this.#renewFrom(url);
        renewed = true;
      }
    }
    throw new ViewerError(
      'PICTURE_UNREACHABLE',
      `${this.#what} cannot be reached: ${failure instanceof Error ? failure.message : String(failure)}`,
      'Look at the connection, then reload the page. If it stays away, the object may have been deleted.',
      { cause: failure },
    );
  }

  #count(bytes: ArrayBuffer): ArrayBuffer {
    this.fetched += bytes.byteLength;
    return bytes;
  }

  async #renewFrom(url: string): Promise<void> {
    // Another reader may have been faster.
    if (this.#url !== url) return;
    this.#renewing ??= (async () => {
      try {
        this.#url = (await this.#renew?.()) ?? this.#url;
      } finally {
        this.#renewing = null;
      }
    })();
    await this.#renewing;
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });
}
