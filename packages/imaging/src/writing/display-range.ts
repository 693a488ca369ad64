import type { Plane } from '@cellmixer/pixels';
import type { SampleDepth } from '../opened-image.ts';
import { nthSmallest } from './nth-smallest.ts';

/** The values that are shown black and white. */
export interface DisplayRange {
  readonly black: number;
  readonly white: number;
}

/** Noise (one standard deviation) is shown at most as a sixteenth of the way from black to white. */
const quietest = 16;

/**
 * What a biologist expects to see of a grey plane, or of three colours one below the other (`colour`).
 *
 * Colours of 8 bits are shown as they are, like in every viewer, unless 99.5 % of the values lie in the darkest
 * quarter. Everything else is shown from its 0.5th to its 99.5th percentile (grey of 8 bits too: phase contrast often
 * uses a tenth of its range), but at least over 16 standard deviations of the noise (and 16 steps of whole numbers):
 * an almost empty picture is a quiet, even grey and not white noise. The missing range is added below and above in the
 * ratio in which the values lie in the range of the type, so that empty fluorescence stays dark and empty brightfield
 * bright.
 */
export function displayRange(
  plane: Plane,
  depth: SampleDepth,
  { maxValue, colour }: { readonly maxValue?: number | undefined; readonly colour: boolean },
): DisplayRange {
  const values = plane.data;
  const at = (share: number): number => nthSmallest(values, Math.round(share * (values.length - 1)));
  const [low, high] = [at(0.005), at(0.995)];
  const whole = depth.kind !== 'float';
  if (colour && depth.kind === 'uint' && depth.bits === 8 && high >= 64) return { black: 0, white: 255 };
  const noise = Math.max(noiseOf(plane), whole ? 1 : 0);
  const missing = Math.max(0, quietest * noise - (high - low));
  const top =
    maxValue ??
    (whole ? 2 ** (depth.kind === 'int' ? depth.bits - 1 : depth.bits) - 1 : high <= 1 ? 1 : 65_535);
  const below = missing * Math.max(0, Math.min(1, (low + high) / 2 / top));
  const white = high + missing - below;
  const black = low - below;
  // Floats without noise that are all the same have no range at all.
  return white > black ? { black, white } : { black, white: black + 1 };
}

/**
 * Standard deviation of the noise, from the differences between neighbours: their median leaves edges out
 * (for Gaussian noise the median of |x₁ − x₂| is 0.6745 · √2 standard deviations).
 */
function noiseOf({ width, height, data }: Plane): number {
  if (width < 2) return 0;
  const differences = new Float32Array((width - 1) * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let i = y * width; i < (y + 1) * width - 1; i++)
      differences[to++] = Math.abs(data[i + 1]! - data[i]!);
  }
  return nthSmallest(differences, differences.length >> 1) / (0.6745 * Math.SQRT2);
}
