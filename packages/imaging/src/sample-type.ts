import type { PixelData } from '@cellmixer/pixels';
import type { SampleDepth } from './opened-image.ts';

/** Zeros in the array type of a depth. 64-bit integers are held as float64, exact up to 2⁵³. */
export function createSamples({ bits, kind }: SampleDepth, length: number): PixelData {
  if (kind === 'float') return bits === 64 ? new Float64Array(length) : new Float32Array(length);
  if (bits === 64) return new Float64Array(length);
  if (kind === 'int') {
    return bits === 8 ? new Int8Array(length) : bits === 16 ? new Int16Array(length) : new Int32Array(length);
  }
  return bits === 8
    ? new Uint8Array(length)
    : bits === 16
      ? new Uint16Array(length)
      : new Uint32Array(length);
}

/** Bytes that one value takes in the array of `createSamples`. */
export function heldBytes({ bits, kind }: SampleDepth): number {
  return kind === 'float' ? (bits === 64 ? 8 : 4) : bits / 8;
}
