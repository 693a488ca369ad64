import { requireAtLeast, requireFinite, requireGrid } from './checks.ts';
import { gaussian } from './gaussian.ts';
import type { Plane } from './raster.ts';
import { resampleArea } from './resample.ts';

/** Diameter ÷ σ where the energy of σ² ∇²G over a lone disk peaks: 2 ÷ 0.79557, by numerical integration of its spectrum. */
const DIAMETER_PER_SIGMA = 2.5139;

export interface BlobScale {
  /** σ of the strongest response, refined between the given ones. */
  readonly sigma: number;
  /** Diameter of the disk that answers most strongly at that σ. */
  readonly diameter: number;
  /** Root mean square of σ² ∇²G(σ) for each of the given σ. */
  readonly curve: number[];
}

/**
 * Typical size of what is to be seen: the σ at which the scale-normalised Laplacian of Gaussian (Lindeberg 1998)
 * has the most energy, refined by a parabola over ln σ. Give it a plane where objects stand out with one sign (a
 * mask, the logarithm of the local deviation, an optical density): in raw phase contrast the finest detail has
 * the most energy at any size of cell. Crowded objects read smaller.
 * @param sigmas at least one, in pixels, ascending.
 */
export function laplacianOfGaussianScale(plane: Plane, sigmas: readonly number[]): BlobScale {
  requireGrid('plane', plane);
  requireFinite('plane', plane.data);
  if (sigmas.length === 0) throw new RangeError('sigmas is empty; give at least one');
  const curve: number[] = [];
  let before = 0;
  for (const sigma of sigmas) {
    requireAtLeast('sigma', sigma, 0.5);
    if (sigma <= before) throw new RangeError(`sigmas have ${sigma} after ${before}; they must ascend`);
    before = sigma;
    curve.push(responseAt(plane, sigma));
  }
  let peak = 0;
  for (let i = 1; i < curve.length; i++) if (curve[i]! > curve[peak]!) peak = i;
  let sigma = sigmas[peak]!;
  if (peak > 0 && peak + 1 < curve.length) {
    sigma = Math.exp(
      vertexOf(
        [Math.log(sigmas[peak - 1]!), Math.log(sigmas[peak]!), Math.log(sigmas[peak + 1]!)],
        [curve[peak - 1]!, curve[peak]!, curve[peak + 1]!],
      ),
    );
  }
  return { sigma, diameter: DIAMETER_PER_SIGMA * sigma, curve };
}

/** Wide σ work on a reduced grid where σ is about 3, which holds all that a band-pass of that width lets through. */
function responseAt(plane: Plane, sigma: number): number {
  const factor = Math.max(1, Math.floor(sigma / 3));
  const width = Math.max(1, Math.round(plane.width / factor));
  const height = Math.max(1, Math.round(plane.height / factor));
  const small = factor === 1 ? plane : resampleArea({ ...plane, channels: 1 }, width, height);
  const s = (sigma * width) / plane.width;
  const { data } = gaussian({ width, height, data: small.data }, s);
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const up = (y > 0 ? y - 1 : y) * width;
    const down = (y + 1 < height ? y + 1 : y) * width;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : x;
      const right = x + 1 < width ? x + 1 : x;
      const o = y * width;
      const laplacian =
        data[up + x]! + data[down + x]! + data[o + left]! + data[o + right]! - 4 * data[o + x]!;
      sum += laplacian * laplacian;
    }
  }
  return s * s * Math.sqrt(sum / (width * height));
}

/** Where the parabola through three points has its top. */
function vertexOf(x: readonly [number, number, number], y: readonly [number, number, number]): number {
  const a = (y[1] - y[0]) / (x[1] - x[0]);
  const b = (y[2] - y[1]) / (x[2] - x[1]);
  const bend = (b - a) / (x[2] - x[0]);
  if (bend >= 0) return x[1];
  return (x[0] + x[1]) / 2 - a / (2 * bend);
}
