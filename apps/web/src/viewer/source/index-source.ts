import type { RangeReader } from './range-reader.ts';

const blockSize = 65_536;

/** A file's directories for geotiff: blocks that are kept for good, since the directories lie close together. */
export class IndexSource {
  readonly fileSize = null;
  readonly #reader: RangeReader;
  readonly #blocks = new Map<number, Promise<ArrayBuffer>>();

  constructor(reader: RangeReader) {
    this.#reader = reader;
  }

  async fetch(slices: { offset: number; length: number }[]): Promise<ArrayBuffer[]> {
    return await Promise.all(slices.map(async (slice) => (await this.fetchSlice(slice)).data));
  }

  /** Cut short at the file's end, as geotiff expects. */
  async fetchSlice({ offset, length }: { offset: number; length: number }) {
    const first = Math.floor(offset / blockSize);
    const last = Math.floor((offset + length - 1) / blockSize);
    const parts = await Promise.all(
      Array.from({ length: last - first + 1 }, (_, i) => this.#block(first + i)),
    );
    const whole = await new Blob(parts).arrayBuffer();
    const start = offset - first * blockSize;
    return { data: whole.slice(start, start + length), offset, length };
  }

  async close(): Promise<void> {
    this.#blocks.clear();
  }

  #block(number: number): Promise<ArrayBuffer> {
    const known = this.#blocks.get(number);
    if (known) return known;
    const coming = this.#reader.read(number * blockSize, blockSize);
    this.#blocks.set(number, coming);
    coming.catch(() => this.#blocks.delete(number));
    return coming;
  }
}
