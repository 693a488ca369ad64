import { requireFinite, requireGrid } from './checks.ts';
import { eigenvectors3, invert3, type Matrix3 } from './matrix3.ts';
import type { FloatImage, PixelData, Raster } from './raster.ts';

/** One row a stain: its optical density in red, green, blue. */
export type StainMatrix = Matrix3;

/** Haematoxylin, eosin, DAB (Ruifrok and Johnston 2001). */
export const HAEMATOXYLIN_EOSIN_DAB: StainMatrix = [0.65, 0.7, 0.29, 0.07, 0.99, 0.11, 0.27, 0.57, 0.78];

export interface StainOptions {
  /** Value of clear glass, one for all channels or one each; 255 by default. */
  readonly white?: number | readonly [number, number, number];
}

/**
 * Optical density −log₁₀(value ÷ white) of each channel; values under white ÷ 1000 count as that much (density
 * 3), values above white give negative densities.
 */
export function opticalDensity(image: Raster<PixelData>, options: StainOptions = {}): FloatImage {
  requireGrid('image', image);
  requireFinite('image', image.data);
  const { width, height, channels, data } = image;
  const out = new Float32Array(data.length);
  const size = width * height;
  for (let c = 0; c < channels; c++) {
    const white = whiteOf(options, c);
    for (let i = c * size; i < (c + 1) * size; i++) {
      const ratio = data[i]! / white;
      out[i] = -Math.log10(ratio > 1e-3 ? ratio : 1e-3);
    }
  }
  return { width, height, channels, data: out };
}

/**
 * Colour deconvolution (Ruifrok and Johnston 2001): how much of each stain, as planes in the order of the matrix'
 * rows, in optical densities along the unit vector of the stain. A row of zeros stands for the residual: it
 * becomes the cross product of the other two.
 * @throws RangeError where the picture has not three channels or the stains do not differ.
 */
export function separateStains(
  image: Raster<PixelData>,
  matrix: StainMatrix,
  options: StainOptions = {},
): FloatImage {
  requireColour(image);
  const [a, b, c, d, e, f, g, h, k] = invert3(completed(matrix));
  const density = opticalDensity(image, options);
  const { data } = density;
  const size = image.width * image.height;
  for (let i = 0; i < size; i++) {
    const red = data[i]!;
    const green = data[i + size]!;
    const blue = data[i + 2 * size]!;
    data[i] = red * a + green * d + blue * g;
    data[i + size] = red * b + green * e + blue * h;
    data[i + 2 * size] = red * c + green * f + blue * k;
  }
  return density;
}

export interface StainEstimateOptions extends StainOptions {
  /** Pixels with a density below this in any channel are glass; 0.15 by default. */
  readonly minDensity?: number;
  /** The stains are this many per cent from the extremes; 1 by default. */
  readonly percentile?: number;
}

/**
 * Two stains of a picture and the residual (Macenko et al. 2009): in the plane of largest variance of the
 * densities, the directions at the lowest and highest percentile of angle. The one with more red absorption
 * (haematoxylin) comes first.
 * @throws RangeError where fewer than ten pixels are stained.
 */
export function estimateStains(image: Raster<PixelData>, options: StainEstimateOptions = {}): StainMatrix {
  requireColour(image);
  const { minDensity = 0.15, percentile = 1 } = options;
  const { data } = opticalDensity(image, options);
  const size = image.width * image.height;
  const stained: number[] = [];
  for (let i = 0; i < size; i++) {
    if (data[i]! >= minDensity && data[i + size]! >= minDensity && data[i + 2 * size]! >= minDensity) {
      stained.push(i);
    }
  }
  if (stained.length < 10) {
    throw new RangeError(
      `only ${stained.length} pixels reach a density of ${minDensity}; lower minDensity or give the white value`,
    );
  }
  const [first, second] = eigenvectors3(covariance(data, size, stained));
  // Signs so that angles are about 0 for stained pixels: both directions point to more density.
  const v = first[0] + first[1] + first[2] < 0 ? scaled(first, -1) : first;
  const w = second;
  const angles = new Float64Array(stained.length);
  for (let s = 0; s < stained.length; s++) {
    const i = stained[s]!;
    const x = data[i]! * v[0] + data[i + size]! * v[1] + data[i + 2 * size]! * v[2];
    const y = data[i]! * w[0] + data[i + size]! * w[1] + data[i + 2 * size]! * w[2];
    angles[s] = Math.atan2(y, x);
  }
  angles.sort();
  const low = quantile(angles, percentile / 100);
  const high = quantile(angles, 1 - percentile / 100);
  const a = along(v, w, low);
  const b = along(v, w, high);
  const [one, two] = a[0] > b[0] ? [a, b] : [b, a];
  return completed([...one, ...two, 0, 0, 0]);
}

type Vector3 = readonly [number, number, number];

function along(v: Vector3, w: Vector3, angle: number): Vector3 {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return normalised([c * v[0] + s * w[0], c * v[1] + s * w[1], c * v[2] + s * w[2]]);
}

function scaled(v: Vector3, by: number): Vector3 {
  return [v[0] * by, v[1] * by, v[2] * by];
}

function normalised(v: Vector3): Vector3 {
  const length = Math.hypot(...v);
  return length > 0 ? scaled(v, 1 / length) : v;
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Unit rows; one row of zeros is filled with the direction that the other two leave. */
function completed(matrix: StainMatrix): StainMatrix {
  const rows: [Vector3, Vector3, Vector3] = [
    normalised([matrix[0], matrix[1], matrix[2]]),
    normalised([matrix[3], matrix[4], matrix[5]]),
    normalised([matrix[6], matrix[7], matrix[8]]),
  ];
  if (Math.hypot(...rows[2]) === 0) rows[2] = normalised(cross(rows[0], rows[1]));
  return [...rows[0], ...rows[1], ...rows[2]];
}

/** Linear between order statistics, as `numpy.percentile`. */
function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const i = Math.floor(place);
  const a = sorted[i]!;
  return a + (place - i) * ((sorted[i + 1] ?? a) - a);
}

function covariance(data: Float32Array, size: number, pixels: readonly number[]): Matrix3 {
  const n = pixels.length;
  const mean: [number, number, number] = [0, 0, 0];
  for (const i of pixels) {
    mean[0] += data[i]! / n;
    mean[1] += data[i + size]! / n;
    mean[2] += data[i + 2 * size]! / n;
  }
  let rr = 0;
  let rg = 0;
  let rb = 0;
  let gg = 0;
  let gb = 0;
  let bb = 0;
  for (const i of pixels) {
    const r = data[i]! - mean[0];
    const g = data[i + size]! - mean[1];
    const b = data[i + 2 * size]! - mean[2];
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  return [rr, rg, rb, rg, gg, gb, rb, gb, bb];
}

function whiteOf({ white = 255 }: StainOptions, channel: number): number {
  const value = typeof white === 'number' ? white : (white[channel] ?? Number.NaN);
  if (!Number.isFinite(value) || value <= 0) {
    throw new RangeError(`white is ${value} for channel ${channel}; it must be a finite number above 0`);
  }
  return value;
}

function requireColour(image: Raster<PixelData>): void {
  requireGrid('image', image);
  if (image.channels !== 3) {
    throw new RangeError(`image has ${image.channels} channels; stains need red, green and blue`);
  }
}
