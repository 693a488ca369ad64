import { type BorderMode, borderIndex } from './borders.ts';
import { requireAtLeast, requireFinite, requireGrid } from './checks.ts';
import type { Plane } from './raster.ts';

export interface GaussianOptions {
  /** The kernel ends at this many σ. */
  readonly truncate?: number;
  readonly mode?: BorderMode;
}

/** Half of a Gaussian kernel: weights of the offsets 0, 1, … r = ⌊truncate · σ + ½⌋; the whole adds up to 1. */
export function gaussianWeights(sigma: number, truncate = 4): Float64Array {
  requireAtLeast('sigma', sigma, 0);
  requireAtLeast('truncate', truncate, 0);
  const radius = sigma === 0 ? 0 : Math.floor(truncate * sigma + 0.5);
  const weights = new Float64Array(radius + 1);
  let sum = 0;
  for (let i = 0; i <= radius; i++) {
    weights[i] = sigma === 0 ? 1 : Math.exp((-0.5 * i * i) / (sigma * sigma));
    sum += (i === 0 ? 1 : 2) * weights[i]!;
  }
  for (let i = 0; i <= radius; i++) weights[i] = weights[i]! / sum;
  return weights;
}

/**
 * Gaussian blur, σ in pixels; equals `scipy.ndimage.gaussian_filter` but for rounding (sums are kept in
 * double precision throughout).
 * @throws RangeError where sigma is negative or a value is not finite.
 */
export function gaussian(plane: Plane, sigma: number, options: GaussianOptions = {}): Plane {
  requireGrid('plane', plane);
  requireFinite('plane', plane.data);
  return filterSymmetric(plane, gaussianWeights(sigma, options.truncate), options.mode ?? 'reflect');
}

/** Filters rows with the symmetric kernel whose half is `weights`, columns with that of `columnWeights`. */
export function filterSymmetric(
  plane: Plane,
  weights: Float64Array,
  mode: BorderMode,
  columnWeights = weights,
): Plane {
  const { width, height, data } = plane;
  const radius = weights.length - 1;
  const out = new Float32Array(width * height);
  // One row at a time: down the columns into `line`, then along `line`. The rows that are read stay in the
  // cache, and no second picture is needed.
  const line = new Float64Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    filterColumns(data, width, height, y, columnWeights, mode, line, radius);
    padLine(line, width, radius, mode);
    filterLine(line, width, weights, out, y * width);
  }
  return { width, height, data: out };
}

/** Row `y` of the picture filtered along its columns, to `line[margin …]`. */
export function filterColumns(
  data: Float32Array,
  width: number,
  height: number,
  y: number,
  weights: Float64Array,
  mode: BorderMode,
  line: Float64Array,
  margin: number,
): void {
  const radius = weights.length - 1;
  const w0 = weights[0]!;
  const o = y * width;
  for (let x = 0; x < width; x++) line[margin + x] = w0 * data[o + x]!;
  let k = 1;
  // Four pairs of rows at once: a quarter of the reads and writes of `line`.
  for (; k + 3 <= radius; k += 4) {
    const w1 = weights[k]!;
    const w2 = weights[k + 1]!;
    const w3 = weights[k + 2]!;
    const w4 = weights[k + 3]!;
    const a1 = borderIndex(y - k, height, mode) * width;
    const a2 = borderIndex(y - k - 1, height, mode) * width;
    const a3 = borderIndex(y - k - 2, height, mode) * width;
    const a4 = borderIndex(y - k - 3, height, mode) * width;
    const b1 = borderIndex(y + k, height, mode) * width;
    const b2 = borderIndex(y + k + 1, height, mode) * width;
    const b3 = borderIndex(y + k + 2, height, mode) * width;
    const b4 = borderIndex(y + k + 3, height, mode) * width;
    for (let x = 0; x < width; x++) {
      line[margin + x] =
        line[margin + x]! +
        (w1 * (data[a1 + x]! + data[b1 + x]!) + w2 * (data[a2 + x]! + data[b2 + x]!)) +
        (w3 * (data[a3 + x]! + data[b3 + x]!) + w4 * (data[a4 + x]! + data[b4 + x]!));
    }
  }
  for (; k <= radius; k++) {
    const w = weights[k]!;
    const a = borderIndex(y - k, height, mode) * width;
    const b = borderIndex(y + k, height, mode) * width;
    for (let x = 0; x < width; x++) line[margin + x] = line[margin + x]! + w * (data[a + x]! + data[b + x]!);
  }
}

/** Fills the margins of a line of `width` values that starts at `radius`. */
export function padLine(line: Float64Array, width: number, radius: number, mode: BorderMode): void {
  for (let i = 1; i <= radius; i++) {
    line[radius - i] = line[radius + borderIndex(-i, width, mode)]!;
    line[radius + width - 1 + i] = line[radius + borderIndex(width - 1 + i, width, mode)]!;
  }
}

/** Filters a padded line into `out[o …]`. */
export function filterLine(
  line: Float64Array,
  width: number,
  weights: Float64Array,
  out: Float32Array | Float64Array,
  o: number,
): void {
  const radius = weights.length - 1;
  const w0 = weights[0]!;
  let x = 0;
  // Four neighbours at once, so that the additions need not wait for each other.
  for (; x + 3 < width; x += 4) {
    const c = x + radius;
    let s0 = w0 * line[c]!;
    let s1 = w0 * line[c + 1]!;
    let s2 = w0 * line[c + 2]!;
    let s3 = w0 * line[c + 3]!;
    for (let k = 1; k <= radius; k++) {
      const w = weights[k]!;
      const l = c - k;
      const r = c + k;
      s0 += w * (line[l]! + line[r]!);
      s1 += w * (line[l + 1]! + line[r + 1]!);
      s2 += w * (line[l + 2]! + line[r + 2]!);
      s3 += w * (line[l + 3]! + line[r + 3]!);
    }
    out[o + x] = s0;
    out[o + x + 1] = s1;
    out[o + x + 2] = s2;
    out[o + x + 3] = s3;
  }
  for (; x < width; x++) {
    const c = x + radius;
    let s = w0 * line[c]!;
    for (let k = 1; k <= radius; k++) s += weights[k]! * (line[c - k]! + line[c + k]!);
    out[o + x] = s;
  }
}
