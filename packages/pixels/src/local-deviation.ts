import { requireFinite, requireGrid } from './checks.ts';
import { gaussianWeights } from './gaussian.ts';
import type { Plane } from './raster.ts';
import { SymmetricFilter } from './symmetric-filter.ts';

/**
 * Standard deviation under a Gaussian window of σ pixels: √max(0, G(x²) − G(x)²), edges reflected.
 * Computed in double precision, so that flat bright regions do not drown in rounding.
 * @throws RangeError where sigma is negative or a value is not finite.
 */
export function localDeviation(plane: Plane, sigma: number): Plane {
  requireGrid('plane', plane);
  requireFinite('plane', plane.data);
  const { width, height, data } = plane;
  const weights = gaussianWeights(sigma);
  const kernels = { alongRows: weights, alongColumns: weights };
  const filter = new SymmetricFilter(width, height, 2, kernels, 'reflect');
  const { doubles } = filter;
  const mean = new Float64Array(width);
  const out = new Float32Array(width * height);
  let read = 0;
  for (let y = 0; y < height; y++) {
    for (const last = filter.lastRowFor(y); read <= last; read++) {
      const value = filter.input(0, read);
      const square = filter.input(1, read);
      const o = read * width;
      for (let x = 0; x < width; x++) {
        const v = data[o + x]!;
        doubles[value + x] = v;
        doubles[square + x] = v * v;
      }
    }
    const means = filter.row(0, y);
    mean.set(doubles.subarray(means, means + width));
    const squares = filter.row(1, y);
    for (let x = 0; x < width; x++) {
      const m = mean[x]!;
      const variance = doubles[squares + x]! - m * m;
      out[y * width + x] = variance > 0 ? Math.sqrt(variance) : 0;
    }
  }
  return { width, height, data: out };
}
