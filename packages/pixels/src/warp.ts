import { requireFinite, requireGrid, requireWhole } from './checks.ts';
import type { FloatImage } from './raster.ts';

/** [a, b, c, d, e, f]: the output pixel (x, y) reads the input at (a x + b y + c, d x + e y + f). */
export type Affine = readonly [number, number, number, number, number, number];

export interface WarpOptions {
  readonly interpolation?: 'linear' | 'nearest';
  /** What lies outside the input: a constant (0 by default), or the nearest or mirrored pixel. */
  readonly fill?: number | 'nearest' | 'reflect';
}

/**
 * Affine warp. Pixel centres are at whole coordinates. With a constant fill, pixels on the edge blend into the
 * constant (`scipy.ndimage.affine_transform` with `mode='grid-constant'`).
 * @throws RangeError where the size is not whole, or the matrix or a value is not finite.
 */
export function warpAffine(
  image: FloatImage,
  matrix: Affine,
  width: number,
  height: number,
  options: WarpOptions = {},
): FloatImage {
  requireGrid('image', image);
  requireFinite('image', image.data);
  requireWhole('width', width, 1);
  requireWhole('height', height, 1);
  if (matrix.length !== 6 || !matrix.every(Number.isFinite)) {
    throw new RangeError(`matrix is [${matrix.join(', ')}]; it must be six finite numbers`);
  }
  const { interpolation = 'linear', fill = 0 } = options;
  const data = new Float32Array(width * height * image.channels);
  const size = image.width * image.height;
  for (let c = 0; c < image.channels; c++) {
    const source = image.data.subarray(c * size, (c + 1) * size);
    const target = data.subarray(c * width * height, (c + 1) * width * height);
    const warp = interpolation === 'linear' ? warpLinear : warpNearest;
    warp(source, image.width, image.height, matrix, target, width, height, fill);
  }
  return { width, height, channels: image.channels, data };
}

function warpLinear(
  source: Float32Array,
  w: number,
  h: number,
  [a, b, c, d, e, f]: Affine,
  target: Float32Array,
  width: number,
  height: number,
  fill: number | 'nearest' | 'reflect',
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = a * x + b * y + c;
      const sy = d * x + e * y + f;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const u = sx - x0;
      const v = sy - y0;
      let p00: number;
      let p01: number;
      let p10: number;
      let p11: number;
      if (x0 >= 0 && y0 >= 0 && x0 + 1 < w && y0 + 1 < h) {
        const i = y0 * w + x0;
        p00 = source[i]!;
        p01 = source[i + 1]!;
        p10 = source[i + w]!;
        p11 = source[i + w + 1]!;
      } else {
        p00 = read(source, w, h, x0, y0, fill);
        p01 = read(source, w, h, x0 + 1, y0, fill);
        p10 = read(source, w, h, x0, y0 + 1, fill);
        p11 = read(source, w, h, x0 + 1, y0 + 1, fill);
      }
      const top = p00 + u * (p01 - p00);
      target[y * width + x] = top + v * (p10 + u * (p11 - p10) - top);
    }
  }
}

function warpNearest(
  source: Float32Array,
  w: number,
  h: number,
  [a, b, c, d, e, f]: Affine,
  target: Float32Array,
  width: number,
  height: number,
  fill: number | 'nearest' | 'reflect',
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = Math.floor(a * x + b * y + c + 0.5);
      const sy = Math.floor(d * x + e * y + f + 0.5);
      target[y * width + x] =
        sx >= 0 && sy >= 0 && sx < w && sy < h ? source[sy * w + sx]! : read(source, w, h, sx, sy, fill);
    }
  }
}

function read(
  source: Float32Array,
  w: number,
  h: number,
  x: number,
  y: number,
  fill: number | 'nearest' | 'reflect',
): number {
  if (x >= 0 && y >= 0 && x < w && y < h) return source[y * w + x]!;
  if (typeof fill === 'number') return fill;
  if (fill === 'nearest') {
    return source[Math.min(h - 1, Math.max(0, y)) * w + Math.min(w - 1, Math.max(0, x))]!;
  }
  return source[mirrored(y, h) * w + mirrored(x, w)]!;
}

function mirrored(i: number, n: number): number {
  const m = ((i % (2 * n)) + 2 * n) % (2 * n);
  return m < n ? m : 2 * n - 1 - m;
}
