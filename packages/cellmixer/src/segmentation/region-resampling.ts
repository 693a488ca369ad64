import type { FloatImage } from '@cellmixer/pixels';

/** Which native pixels some working pixels of one axis take, and by how much. */
export interface Taps {
  /** Native pixels start … end − 1 are needed. */
  readonly start: number;
  readonly end: number;
  /** Per working pixel: its first native pixel (from `start` on), how many, and where its weights begin. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly offset: Int32Array;
  /** Sum to 1 for each working pixel. */
  readonly weights: Float64Array;
}

/**
 * Working pixels `from` … `from` + `count` − 1 of an axis that has `native` and `working` pixels in all. The grid is
 * that of the whole picture, so regions agree with `resampleArea` of it wherever they are cut: shares of the area
 * covered where the axis shrinks, linear between pixel centres where it grows.
 */
export function tapsOf(native: number, working: number, from: number, count: number): Taps {
  const ratio = native / working;
  const covers = working < native ? coveredArea : neighbours;
  const first = new Int32Array(count);
  const counts = new Int32Array(count);
  const offset = new Int32Array(count);
  const weights: number[] = [];
  let start = native;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const [begin, shares] = covers((from + i) * ratio, ratio, native);
    first[i] = begin;
    counts[i] = shares.length;
    offset[i] = weights.length;
    weights.push(...shares);
    start = Math.min(start, begin);
    end = Math.max(end, begin + shares.length);
  }
  for (let i = 0; i < count; i++) first[i] = first[i]! - start;
  return { start, end, first, count: counts, offset, weights: Float64Array.from(weights) };
}

/** First native pixel and the shares of those that reach from `left` on over `ratio` pixels. */
function coveredArea(left: number, ratio: number, native: number): [number, number[]] {
  const right = Math.min(native, left + ratio);
  const begin = Math.min(native - 1, Math.floor(left + 1e-9));
  const end = Math.max(begin + 1, Math.min(native, Math.ceil(right - 1e-9)));
  const shares: number[] = [];
  for (let j = begin; j < end; j++) shares.push(Math.min(right, j + 1) - Math.max(left, j));
  const sum = shares.reduce((a, b) => a + b, 0);
  return [begin, shares.map((share) => share / sum)];
}

/** The two native pixels whose centres a working pixel's centre lies between. */
function neighbours(left: number, ratio: number, native: number): [number, number[]] {
  const at = Math.min(native - 1, Math.max(0, left + ratio / 2 - 0.5));
  const begin = Math.min(native - 1, Math.floor(at));
  return begin + 1 < native ? [begin, [1 - (at - begin), at - begin]] : [begin, [1]];
}

/** The native region that the taps name, at the working scale. */
export function resampleRegion(native: FloatImage, columns: Taps, rows: Taps): FloatImage {
  const width = columns.first.length;
  const height = rows.first.length;
  const data = new Float32Array(native.channels * width * height);
  const line = new Float64Array(native.width);
  for (let c = 0; c < native.channels; c++) {
    for (let y = 0; y < height; y++) {
      line.fill(0);
      for (let j = 0; j < rows.count[y]!; j++) {
        const from = (c * native.height + rows.first[y]! + j) * native.width;
        const weight = rows.weights[rows.offset[y]! + j]!;
        for (let x = 0; x < line.length; x++) line[x] = line[x]! + weight * native.data[from + x]!;
      }
      for (let x = 0; x < width; x++) {
        const from = columns.first[x]!;
        const at = columns.offset[x]!;
        let sum = 0;
        for (let j = 0; j < columns.count[x]!; j++) sum += columns.weights[at + j]! * line[from + j]!;
        data[(c * height + y) * width + x] = sum;
      }
    }
  }
  return { width, height, channels: native.channels, data };
}
