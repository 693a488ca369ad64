import { grouped, tooLarge } from './image-errors.ts';

/** What a file may ask for; checked from its header before anything is allocated. */
export interface ImageLimits {
  /** Pixels of one plane. */
  readonly pixels: number;
  /** Pages of a TIFF. */
  readonly pages: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Seconds that one decoding may take. */
  readonly seconds: number;
  /** Bytes that one decoding may hold at once: the raster and what it is made from. */
  readonly memoryBytes: number;
}

export const defaultImageLimits: ImageLimits = {
  pixels: 40_000 * 40_000,
  pages: 20_000,
  bytes: 64 * 1024 ** 3,
  seconds: 60,
  memoryBytes: 2 * 1024 ** 3,
};

export function checkFileBytes(name: string, bytes: number, limits: ImageLimits): void {
  if (bytes > limits.bytes) {
    throw tooLarge(
      name,
      `${grouped(bytes)} bytes; at most ${grouped(limits.bytes)}`,
      'Save the time points or fields as separate files.',
    );
  }
}

export function checkPixels(name: string, width: number, height: number, limits: ImageLimits): void {
  if (width * height > limits.pixels) {
    throw tooLarge(
      name,
      `${grouped(width)} × ${grouped(height)} pixels; at most ${grouped(limits.pixels)} in all`,
      'Cut the picture into fields before you add it.',
    );
  }
}

export function checkMemory(name: string, needed: number, limits: ImageLimits): void {
  if (needed > limits.memoryBytes) {
    throw tooLarge(
      name,
      `reading this takes ${grouped(Math.ceil(needed / 2 ** 20))} MiB of memory; at most ${grouped(limits.memoryBytes / 2 ** 20)}`,
      'Read a part of the picture (a region), or cut it into fields.',
    );
  }
}

/**
 * A file of a few kilobytes that promises gigabytes is damaged or a bomb. `ratio` is the most that the
 * compression can gain (deflate 1032, see zlib's technical notes; PackBits 64).
 */
export function canHold(fileBytes: number, decodedBytes: number, ratio: number): boolean {
  return decodedBytes <= fileBytes * ratio + 65_536;
}
