import { GeoTIFF } from 'geotiff';
import { ViewerError } from '../viewer-problem.ts';
import type { Address } from './address.ts';
import { startDecoders } from './decoder-pool.ts';
import { IndexSource } from './index-source.ts';
import { type OmeFacts, readOmeDescription } from './ome-description.ts';
import { RangeReader } from './range-reader.ts';
import { type SampleKind, type Samples, samplesOf } from './samples.ts';
import { TiffPage } from './tiff-page.ts';
import { TileCache } from './tile-cache.ts';

export interface PyramidOptions {
  /** For messages: `the picture`, `the class map`. */
  readonly what: string;
  /** Decoded tiles are kept up to this many bytes. */
  readonly cacheBytes: number;
}

/** Some pixels of one channel, row by row. */
export interface PixelBlock {
  readonly width: number;
  readonly height: number;
  readonly data: Samples;
}

/** A picture or a map of several resolutions, read in tiles. Red, green and blue in one page are three channels. */
export class Pyramid {
  readonly width: number;
  readonly height: number;
  readonly kind: SampleKind;
  readonly tileSize: number;
  readonly channels: number;
  /** The channels are red, green and blue. */
  readonly rgb: boolean;
  readonly facts: OmeFacts;
  /** The full resolution first. */
  readonly levels: readonly { readonly width: number; readonly height: number }[];
  readonly #pages: readonly (readonly TiffPage[])[];
  readonly #reader: RangeReader;
  readonly #cache: TileCache;

  /** Reads the directories and no pixel. Throws ViewerError. */
  static async open(address: Address, { what, cacheBytes }: PyramidOptions): Promise<Pyramid> {
    const reader = new RangeReader(address, what);
    // Workers take a while to start; meanwhile the directories come.
    startDecoders();
    const file = await GeoTIFF.fromSource(new IndexSource(reader));
    const count = await file.getImageCount();
    const pages = await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const page = await TiffPage.of(await file.getImage(i), reader, what);
        return [page, ...(await page.reduced(file, what))];
      }),
    );
    const description = await (await file.getImage(0)).fileDirectory.loadValue('ImageDescription');
    const facts = readOmeDescription(typeof description === 'string' ? description : null);
    return new Pyramid(pages, facts, reader, new TileCache(cacheBytes), what);
  }

  private constructor(
    pages: readonly (readonly TiffPage[])[],
    facts: OmeFacts,
    reader: RangeReader,
    cache: TileCache,
    what: string,
  ) {
    const first = pages[0]?.[0];
    if (!first)
      throw new ViewerError('PICTURE_UNREADABLE', `${what} has no page`, 'Upload the original again.');
    const same = (page: TiffPage): boolean => page.width === first.width && page.height === first.height;
    // Pages of other sizes are thumbnails or labels of the slide, not channels.
    this.#pages = pages.filter((levels) => levels[0] && same(levels[0]));
    this.rgb = first.samples >= 3;
    this.channels = this.rgb ? 3 : this.#pages.length;
    this.width = first.width;
    this.height = first.height;
    this.kind = first.kind;
    this.tileSize = first.tileSize;
    this.levels = pages[0]!.map(({ width, height }) => ({ width, height }));
    this.facts = facts;
    this.#reader = reader;
    this.#cache = cache;
  }

  /** Bytes that have been fetched so far, directories included. */
  get fetched(): number {
    return this.#reader.fetched;
  }

  /** One tile, whole also where the picture ends inside it. */
  async tile(level: number, x: number, y: number, channel: number, signal?: AbortSignal): Promise<Samples> {
    const page = this.#pages[this.rgb ? 0 : channel]?.[level];
    if (!page) return samplesOf(this.kind, this.tileSize ** 2);
    const key = `${level}/${x}/${y}/`;
    if (!this.rgb) return await this.#cache.get(key + channel, (stop) => page.tile(x, y, stop), signal);
    const colours = await this.#cache.get(`${key}rgb`, (stop) => page.tile(x, y, stop), signal);
    return await this.#cache.get(key + channel, async () => take(this.kind, colours, page.samples, channel));
  }

  /** One tile as far as the picture goes. */
  async block(
    level: number,
    x: number,
    y: number,
    channel: number,
    signal?: AbortSignal,
  ): Promise<PixelBlock> {
    const data = await this.tile(level, x, y, channel, signal);
    const size = this.levels[level]!;
    const width = Math.min(this.tileSize, size.width - x * this.tileSize);
    const height = Math.min(this.tileSize, size.height - y * this.tileSize);
    if (width === this.tileSize) return { width, height, data: data.subarray(0, width * height) as Samples };
    const part = samplesOf(this.kind, width * height);
    for (let row = 0; row < height; row++) {
      const start = row * this.tileSize;
      part.set(data.subarray(start, start + width), row * width);
    }
    return { width, height, data: part };
  }

  /** A window of one channel and level, put together from its tiles; beyond the picture 0. */
  async window(
    level: number,
    [left, top, right, bottom]: readonly [number, number, number, number],
    signal?: AbortSignal,
    channel = 0,
  ): Promise<PixelBlock> {
    const size = this.levels[level]!;
    const [width, height] = [right - left, bottom - top];
    const data = samplesOf(this.kind, width * height);
    const side = this.tileSize;
    const jobs: Promise<void>[] = [];
    const [lastX, lastY] = [Math.min(right, size.width) - 1, Math.min(bottom, size.height) - 1];
    for (let y = Math.floor(Math.max(0, top) / side); y * side <= lastY; y++) {
      for (let x = Math.floor(Math.max(0, left) / side); x * side <= lastX; x++) {
        jobs.push(
          this.tile(level, x, y, channel, signal).then((tile) => {
            const from = Math.max(0, left, x * side);
            const to = Math.min(lastX + 1, (x + 1) * side);
            const until = Math.min(lastY + 1, (y + 1) * side);
            for (let row = Math.max(0, top, y * side); row < until; row++) {
              const start = (row - y * side) * side - x * side;
              data.set(tile.subarray(start + from, start + to), (row - top) * width + from - left);
            }
          }),
        );
      }
    }
    await Promise.all(jobs);
    return { width, height, data };
  }

  /**
   * The value at a position of the full resolution as far as it has been loaded, and the level that it comes from;
   * null where nothing has.
   */
  peek(x: number, y: number, channel: number): { readonly value: number; readonly level: number } | null {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return null;
    for (const [level, size] of this.levels.entries()) {
      const column = Math.min(size.width - 1, Math.floor(x / 2 ** level));
      const row = Math.min(size.height - 1, Math.floor(y / 2 ** level));
      const side = this.tileSize;
      const tile = this.#cache.peek(
        `${level}/${Math.floor(column / side)}/${Math.floor(row / side)}/${channel}`,
      );
      const value = tile?.[(row % side) * side + (column % side)];
      if (value !== undefined) return { value, level };
    }
    return null;
  }
}

function take(kind: SampleKind, from: Samples, samples: number, channel: number): Samples {
  const one = samplesOf(kind, from.length / samples);
  for (let i = 0, at = channel; i < one.length; i++, at += samples) one[i] = from[at]!;
  return one;
}
