import { endianness } from 'node:os';
import type { PixelData } from '@cellmixer/pixels';
import { halfFloats } from '../half-float.ts';
import { damaged } from '../image-errors.ts';
import { createSamples } from '../sample-type.ts';
import type { TiffPage } from './tiff-page.ts';

const hostIsLittle = endianness() === 'LE';

/**
 * The numbers of a decompressed chunk of `rows` rows of `width` pixels of `samples` values each, still
 * interleaved, with the predictor undone (TIFF 6.0 section 14; Adobe Technical Note 3 for floats).
 * `bytes` is overwritten.
 */
export function unpackSamples(
  page: TiffPage,
  name: string,
  bytes: Uint8Array,
  width: number,
  rows: number,
  samples: number,
): PixelData {
  const rowValues = width * samples;
  if (page.storedBits % 8 !== 0) return unpackBits(bytes, page, rowValues, rows);
  if (page.predictor === 3) {
    for (let row = 0; row < rows; row++)
      unshuffleFloats(bytes, row * rowValues, rowValues, samples, page.storedBits / 8);
  } else {
    toHostOrder(bytes, page.storedBits, page.littleEndian);
  }
  const values = viewAs(bytes, page, name, rowValues * rows, samples, rowValues);
  if (page.predictor === 2 && page.storedBits <= 32) accumulate(values, rowValues, rows, samples);
  return values;
}

function toHostOrder(bytes: Uint8Array, bits: number, little: boolean): void {
  if (little === hostIsLittle || bits === 8) return;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 16) buffer.swap16();
  else if (bits === 32) buffer.swap32();
  else buffer.swap64();
}

function viewAs(
  bytes: Uint8Array,
  page: TiffPage,
  name: string,
  length: number,
  samples: number,
  rowValues: number,
): PixelData {
  const { buffer, byteOffset } = bytes;
  const { kind } = page.depth;
  if (kind === 'float') {
    if (page.storedBits === 16) return halfFloats(new Uint16Array(buffer, byteOffset, length));
    return page.storedBits === 64
      ? new Float64Array(buffer, byteOffset, length)
      : new Float32Array(buffer, byteOffset, length);
  }
  if (page.storedBits === 64) {
    const wide =
      kind === 'int'
        ? new BigInt64Array(buffer, byteOffset, length)
        : new BigUint64Array(buffer, byteOffset, length);
    if (page.predictor === 2) {
      for (let i = 0; i < length; i++) if (i % rowValues >= samples) wide[i] = wide[i]! + wide[i - samples]!;
    }
    return exactNumbers(wide, name);
  }
  if (page.storedBits === 8) return kind === 'int' ? new Int8Array(buffer, byteOffset, length) : bytes;
  if (page.storedBits === 16) {
    return kind === 'int'
      ? new Int16Array(buffer, byteOffset, length)
      : new Uint16Array(buffer, byteOffset, length);
  }
  return kind === 'int'
    ? new Int32Array(buffer, byteOffset, length)
    : new Uint32Array(buffer, byteOffset, length);
}

function exactNumbers(wide: BigInt64Array | BigUint64Array, name: string): Float64Array {
  const values = new Float64Array(wide.length);
  for (let i = 0; i < wide.length; i++) {
    const value = Number(wide[i]);
    if (!Number.isSafeInteger(value))
      throw damaged(name, `the 64-bit value ${wide[i]} is too large to be kept exactly`);
    values[i] = value;
  }
  return values;
}

/** Typed arrays wrap around by themselves, as the predictor wants. */
function accumulate(values: PixelData, rowValues: number, rows: number, samples: number): void {
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * rowValues;
    for (let i = row * rowValues + samples; i < end; i++) values[i] = values[i]! + values[i - samples]!;
  }
}

/** One row: bytewise differences, then the most significant bytes of all values first. */
function unshuffleFloats(
  bytes: Uint8Array,
  first: number,
  count: number,
  samples: number,
  size: number,
): void {
  const row = bytes.subarray(first * size, (first + count) * size);
  for (let i = samples; i < row.length; i++) row[i] = row[i]! + row[i - samples]!;
  const shuffled = row.slice();
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < size; b++) {
      row[i * size + (hostIsLittle ? size - 1 - b : b)] = shuffled[b * count + i]!;
    }
  }
}

/** Values of 1 to 31 bits, most significant bit first; every row begins at a whole byte. */
function unpackBits(bytes: Uint8Array, page: TiffPage, rowValues: number, rows: number): PixelData {
  const bits = page.storedBits;
  const rowBytes = Math.ceil((rowValues * bits) / 8);
  const values = createSamples(page.depth, rowValues * rows);
  const mask = 2 ** bits - 1;
  for (let row = 0, to = 0; row < rows; row++) {
    let at = row * rowBytes;
    let held = 0;
    let pool = 0;
    for (let i = 0; i < rowValues; i++) {
      while (held < bits) {
        pool = ((pool << 8) | bytes[at++]!) & 0xffffff;
        held += 8;
      }
      held -= bits;
      values[to++] = (pool >> held) & mask;
    }
  }
  return values;
}
