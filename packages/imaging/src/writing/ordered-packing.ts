import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { PositionedFile } from './memory-file.ts';

const pack = promisify(deflate);

/** Tiles that are packed at the same time; libuv's pool has four threads where nothing else is said. */
const mostAtOnce = 8;

/** Where a packed tile lies in the file. */
export interface PackedTile {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Packs tiles in libuv's threads (zlib, level 6) and appends them to a file in the order in which they were given,
 * so that the same picture always gives the same bytes. Holds a bounded number of tiles.
 */
export class OrderedPacking {
  readonly #file: PositionedFile;
  readonly #waiting: { packed: Promise<Uint8Array>; placed: (tile: PackedTile) => void }[] = [];
  readonly #hash = createHash('sha256');
  #position: number;

  constructor(file: PositionedFile, position: number) {
    this.#file = file;
    this.#position = position;
  }

  /** Byte at which the next tile will begin. */
  get position(): number {
    return this.#position;
  }

  /** Takes a tile; waits while too many are under way. `placed` is called once it is written. */
  async add(tile: Uint8Array, placed: (tile: PackedTile) => void): Promise<void> {
    if (this.#waiting.length >= mostAtOnce) await this.#writeFirst();
    const packed = pack(tile, { level: 6, chunkSize: Math.max(16_384, tile.length >> 1) });
    // A tile that is never asked for, because an earlier one failed, must not end the process.
    packed.catch(() => {});
    this.#waiting.push({ packed, placed });
  }

  /** Writes what is under way; SHA-256 of all packed tiles. */
  async finish(): Promise<Uint8Array> {
    while (this.#waiting.length > 0) await this.#writeFirst();
    return this.#hash.digest();
  }

  async #writeFirst(): Promise<void> {
    const first = this.#waiting.shift();
    if (!first) return;
    const bytes = await first.packed;
    this.#hash.update(bytes);
    await writeAll(this.#file, bytes, this.#position);
    first.placed({ offset: this.#position, bytes: bytes.length });
    this.#position += bytes.length;
  }
}

/** A write may stop early, e.g. at a quota; the next one then tells why. */
export async function writeAll(file: PositionedFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
