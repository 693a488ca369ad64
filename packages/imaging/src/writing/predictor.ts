import { endianness } from 'node:os';
import type { PixelData } from '@cellmixer/pixels';

const hostIsLittle = endianness() === 'LE';

/** Predictor of TIFF 6.0 section 14 (2, differences) or of Adobe Technical Note 3 (3, floats). */
export function predictorFor(values: PixelData): 2 | 3 {
  return values instanceof Float32Array || values instanceof Float64Array ? 3 : 2;
}

/**
 * Little-endian bytes of interleaved values after the predictor, ready to be packed. `values` is overwritten and
 * may be what is returned.
 */
export function predict(values: PixelData, rowValues: number, samples: number): Uint8Array<ArrayBufferLike> {
  if (predictorFor(values) === 3) return shuffleFloats(values, rowValues, samples);
  for (let row = 0; row < values.length; row += rowValues) {
    // From the right, so that every neighbour is still the original; typed arrays wrap around by themselves.
    for (let i = row + rowValues - 1; i >= row + samples; i--) values[i] = values[i]! - values[i - samples]!;
  }
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (!hostIsLittle && values.BYTES_PER_ELEMENT === 2) bytes.swap16();
  if (!hostIsLittle && values.BYTES_PER_ELEMENT === 4) bytes.swap32();
  return bytes;
}

/** Row by row: the most significant bytes of all values first, then differences between bytes. */
function shuffleFloats(values: PixelData, rowValues: number, samples: number): Uint8Array {
  const size = values.BYTES_PER_ELEMENT;
  const from = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const to = new Uint8Array(from.length);
  const rowBytes = rowValues * size;
  for (let row = 0; row < from.length; row += rowBytes) {
    for (let b = 0; b < size; b++) {
      const start = row + b * rowValues;
      let at = row + (hostIsLittle ? size - 1 - b : b);
      for (let i = 0; i < rowValues; i++, at += size) to[start + i] = from[at]!;
    }
    for (let i = row + rowBytes - 1; i >= row + samples; i--) to[i] = to[i]! - to[i - samples]!;
  }
  return to;
}
