import type { Model } from '@cellmixer/nn';
import { memoryNeed } from './memory-need.ts';

export interface ModelCacheOptions {
  /** Bytes of memory that open networks may take together; one alone may take more. */
  readonly limit: number;
  readonly lanes: () => number;
  readonly open: (bytes: Uint8Array) => Promise<Model>;
  readonly onChange?: (event: 'opened' | 'closed', key: string) => void;
}

interface OpenModel {
  readonly model: Model;
  readonly fileBytes: number;
  /** Bytes that it counts for. */
  need: number;
  pixels: number;
  users: number;
  /** Grows with each use over all networks: the smallest is the least recently used. */
  usedAt: number;
  /** Set once it is to be closed: it takes no new users. */
  closing: Promise<void> | undefined;
  /** Told when the last user is done. */
  onUnused: (() => void) | undefined;
}

/**
 * Open networks by key, the least recently used closed where memory runs short. One that is in use is closed after that
 * use; whoever wants it meanwhile waits and opens it again, so that no stream of requests keeps others out.
 */
export class ModelCache {
  readonly #options: ModelCacheOptions;
  readonly #slots = new Map<string, Promise<OpenModel>>();
  readonly #open = new Map<string, OpenModel>();
  #room: Promise<void> = Promise.resolve();
  #clock = 0;
  #used = 0;

  constructor(options: ModelCacheOptions) {
    this.#options = options;
  }

  /** Bytes that the open networks are counted for. */
  get bytes(): number {
    return this.#used;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether it is open, being opened, or neither. */
  state(key: string): 'open' | 'opening' | 'closed' {
    return this.#open.has(key) ? 'open' : this.#slots.has(key) ? 'opening' : 'closed';
  }

  /**
   * Hands the network to `work` and keeps it open until that is done.
   *
   * @param read gives the file where the network is not open; many users at a time read and open it once
   * @param pixels over all pictures of the run that `work` does, for the memory that the run leaves behind
   */
  async use<T>(
    key: string,
    read: () => Promise<Uint8Array>,
    pixels: number,
    work: (model: Model) => Promise<T> | T,
  ): Promise<T> {
    const opened = await this.#enter(key, read);
    try {
      return await work(opened.model);
    } finally {
      this.#countRun(opened, pixels);
      opened.users -= 1;
      if (opened.users === 0) opened.onUnused?.();
    }
  }

  /** Closes a network after the uses that it is in; nothing happens where it is not open. */
  async remove(key: string): Promise<void> {
    const opened = await this.#slots.get(key)?.catch(() => undefined);
    if (opened !== undefined) await this.#close(key, opened);
  }

  async #enter(key: string, read: () => Promise<Uint8Array>): Promise<OpenModel> {
    for (;;) {
      let slot = this.#slots.get(key);
      if (slot === undefined) {
        slot = this.#load(key, read);
        this.#slots.set(key, slot);
        slot.catch(() => this.#slots.delete(key));
      }
      const opened = await slot;
      if (opened.closing === undefined) {
        opened.users += 1;
        opened.usedAt = ++this.#clock;
        return opened;
      }
      await opened.closing;
    }
  }

  async #load(key: string, read: () => Promise<Uint8Array>): Promise<OpenModel> {
    const bytes = await read();
    const need = memoryNeed(bytes.length, this.#options.lanes(), 0);
    await this.#makeRoom(need);
    try {
      const model = await this.#options.open(bytes);
      const opened: OpenModel = {
        model,
        fileBytes: bytes.length,
        need,
        pixels: 0,
        users: 0,
        usedAt: ++this.#clock,
        closing: undefined,
        onUnused: undefined,
      };
      this.#open.set(key, opened);
      this.#options.onChange?.('opened', key);
      return opened;
    } catch (error) {
      this.#used -= need;
      throw error;
    }
  }

  /**
   * Closes others until `need` fits, and counts it. With a need of 0 it brings the sum back under the limit, and leaves
   * the last one open. One caller at a time, or two would count on the same room.
   */
  #makeRoom(need: number): Promise<void> {
    const atLeast = need > 0 ? 0 : 1;
    this.#room = this.#room.then(async () => {
      while (this.#used + need > this.#options.limit && this.#open.size > atLeast) {
        const [key, opened] = [...this.#open].reduce((a, b) => (a[1].usedAt <= b[1].usedAt ? a : b));
        await this.#close(key, opened);
      }
      this.#used += need;
    });
    return this.#room;
  }

  #close(key: string, opened: OpenModel): Promise<void> {
    opened.closing ??= this.#closeUnused(key, opened);
    return opened.closing;
  }

  async #closeUnused(key: string, opened: OpenModel): Promise<void> {
    if (opened.users > 0) await new Promise<void>((resolve) => (opened.onUnused = resolve));
    // A session that cannot even be closed is of no more use than one that is closed.
    await opened.model.close().catch(() => {});
    this.#open.delete(key);
    this.#slots.delete(key);
    this.#used -= opened.need;
    this.#options.onChange?.('closed', key);
  }

  #countRun(opened: OpenModel, pixels: number): void {
    if (pixels <= opened.pixels) return;
    opened.pixels = pixels;
    const need = memoryNeed(opened.fileBytes, this.#options.lanes(), pixels);
    this.#used += need - opened.need;
    opened.need = need;
    if (this.#used > this.#options.limit && this.#open.size > 1) void this.#makeRoom(0);
  }
}
