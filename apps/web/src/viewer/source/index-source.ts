import type { RangeReader } from './range-reader.ts';

/** Bytes read at once: the directories of most pictures. */
const most = 65_536;

/** Some bytes of the file, from a place on. */
interface Span {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Promise<ArrayBuffer>;
}

/**
 * A file's directories for geotiff. They lie together, each before what it points to: the header says where, and one
 * more reading from there on brings all of them, where they are no longer than usual. What was read is kept.
 */
export class IndexSource {
  readonly fileSize = null;
  readonly #reader: RangeReader;
  #spans: Span[] = [];

  constructor(reader: RangeReader) {
    this.#reader = reader;
  }

  async fetch(slices: { offset: number; length: number }[]): Promise<ArrayBuffer[]> {
    return await Promise.all(slices.map(async (slice) => (await this.fetchSlice(slice)).data));
  }

  /** Cut short at the file's end, as geotiff expects. */
  async fetchSlice({ offset, length }: { offset: number; length: number }) {
    const end = offset + length;
    const span =
      this.#spans.find((one) => one.offset <= offset && end <= one.offset + one.length) ??
      // Behind the header lie pixels.
      this.#read(offset, offset === 0 ? length : Math.max(length, most));
    const start = offset - span.offset;
    return { data: (await span.bytes).slice(start, start + length), offset, length };
  }

  async close(): Promise<void> {
    this.#spans = [];
  }

  #read(offset: number, length: number): Span {
    const span = { offset, length, bytes: this.#reader.read(offset, length) };
    this.#spans.push(span);
    span.bytes.catch(() => {
      this.#spans = this.#spans.filter((one) => one !== span);
    });
    return span;
  }
}
