import { requireGrid } from './checks.ts';
import type { Mask } from './raster.ts';

/** A mask of one bit a pixel: pixel x of a row is bit x & 31 of its word x >> 5. Bits beyond the width are 0. */
export interface BitMask {
  readonly width: number;
  readonly height: number;
  /** Words a row. */
  readonly stride: number;
  readonly words: Int32Array;
}

/**
 * Four bits as four pixels of a byte each. Here and below the first pixel is the lowest byte: machines that are
 * not little-endian run no browser and no onnxruntime.
 */
const FOUR_PIXELS = Int32Array.from(
  { length: 16 },
  (_, bits) => (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21),
);

/** Packs a mask for several steps of morphology in a row (`dilateBits`, `erodeBits`); any value but 0 is set. */
export function packMask(mask: Mask): BitMask {
  requireGrid('mask', mask);
  const { width, height, data } = mask;
  const stride = (width + 31) >> 5;
  const words = new Int32Array(stride * height);
  const row = new Uint8Array(32 * stride);
  const quads = new Int32Array(row.buffer);
  for (let y = 0; y < height; y++) {
    row.set(data.subarray(y * width, (y + 1) * width));
    for (let w = 0; w < stride; w++) {
      let word = 0;
      for (let q = 0; q < 8; q++) {
        const four = quads[8 * w + q]!;
        if (four !== 0) word |= fourBits(four) << (4 * q);
      }
      words[y * stride + w] = word;
    }
  }
  return { width, height, stride, words };
}

/** One bit for each byte that is not 0. */
function fourBits(four: number): number {
  const high = (((four & 0x7f7f7f7f) + 0x7f7f7f7f) | four) & 0x80808080;
  // The product gathers the bits 0, 8, 16 and 24 at its top.
  return Math.imul(high >>> 7, 0x10204080) >>> 28;
}

/** The mask of 0 and 1 again. */
export function unpackMask({ width, height, stride, words }: BitMask): Mask {
  const data = new Uint8Array(width * height);
  const row = new Uint8Array(32 * stride);
  const quads = new Int32Array(row.buffer);
  const pixels = row.subarray(0, width);
  for (let y = 0; y < height; y++) {
    for (let w = 0; w < stride; w++) {
      const word = words[y * stride + w]!;
      for (let q = 0; q < 8; q++) quads[8 * w + q] = FOUR_PIXELS[(word >>> (4 * q)) & 15]!;
    }
    data.set(pixels, y * width);
  }
  return { width, height, data };
}

/** Turns every pixel round, in place. */
export function invertBits({ width, height, stride, words }: BitMask): void {
  const beyond = width & 31 ? -1 << (width & 31) : 0;
  for (let i = 0; i < words.length; i++) words[i] = ~words[i]!;
  if (beyond !== 0) for (let i = stride - 1; i < stride * height; i += stride) words[i]! &= ~beyond;
}
