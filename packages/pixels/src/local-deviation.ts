import { borderIndex } from './borders.ts';
import { requireFinite, requireGrid } from './checks.ts';
import { filterLine, gaussianWeights, padLine } from './gaussian.ts';
import type { Plane } from './raster.ts';

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
  const radius = weights.length - 1;
  const means = new Float64Array(width + 2 * radius);
  const squares = new Float64Array(width + 2 * radius);
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    const w0 = weights[0]!;
    for (let x = 0; x < width; x++) {
      const v = data[o + x]!;
      means[radius + x] = w0 * v;
      squares[radius + x] = w0 * v * v;
    }
    let k = 1;
    for (; k + 1 <= radius; k += 2) {
      const w1 = weights[k]!;
      const w2 = weights[k + 1]!;
      const a1 = borderIndex(y - k, height, 'reflect') * width;
      const b1 = borderIndex(y + k, height, 'reflect') * width;
      const a2 = borderIndex(y - k - 1, height, 'reflect') * width;
      const b2 = borderIndex(y + k + 1, height, 'reflect') * width;
      for (let x = 0; x < width; x++) {
        const p1 = data[a1 + x]!;
        const q1 = data[b1 + x]!;
        const p2 = data[a2 + x]!;
        const q2 = data[b2 + x]!;
        means[radius + x] = means[radius + x]! + (w1 * (p1 + q1) + w2 * (p2 + q2));
        squares[radius + x] = squares[radius + x]! + (w1 * (p1 * p1 + q1 * q1) + w2 * (p2 * p2 + q2 * q2));
      }
    }
    for (; k <= radius; k++) {
      const w = weights[k]!;
      const a = borderIndex(y - k, height, 'reflect') * width;
      const b = borderIndex(y + k, height, 'reflect') * width;
      for (let x = 0; x < width; x++) {
        const p = data[a + x]!;
        const q = data[b + x]!;
        means[radius + x] = means[radius + x]! + w * (p + q);
        squares[radius + x] = squares[radius + x]! + w * (p * p + q * q);
      }
    }
    padLine(means, width, radius, 'reflect');
    padLine(squares, width, radius, 'reflect');
    filterLine(means, width, weights, mean, 0);
    filterLine(squares, width, weights, square, 0);
    for (let x = 0; x < width; x++) {
      const m = mean[x]!;
      const variance = square[x]! - m * m;
      out[o + x] = variance > 0 ? Math.sqrt(variance) : 0;
    }
  }
  return { width, height, data: out };
}
