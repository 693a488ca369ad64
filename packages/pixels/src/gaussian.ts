import type { BorderMode } from './borders.ts';
import { requireAtLeast, requireFinite, requireGrid } from './checks.ts';
import type { Plane } from './raster.ts';
import { type Kernels, SymmetricFilter } from './symmetric-filter.ts';

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
  const weights = gaussianWeights(sigma, options.truncate);
  return filterPlane(plane, { alongRows: weights, alongColumns: weights }, options.mode ?? 'reflect');
}

/** Filters a plane with one kernel along its rows and one along its columns. */
export function filterPlane(plane: Plane, kernels: Kernels, mode: BorderMode): Plane {
  const { width, height, data } = plane;
  const filter = new SymmetricFilter(width, height, 1, kernels, mode);
  const { doubles } = filter;
  const out = new Float32Array(width * height);
  let read = 0;
  for (let y = 0; y < height; y++) {
    for (const last = filter.lastRowFor(y); read <= last; read++) {
      doubles.set(data.subarray(read * width, (read + 1) * width), filter.input(0, read));
    }
    const row = filter.row(0, y);
    out.set(doubles.subarray(row, row + width), y * width);
  }
  return { width, height, data: out };
}
