import { requireFinite } from './checks.ts';

export interface ModeThreshold {
  /** Where the smoothed histogram peaks. */
  readonly mode: number;
  /** Robust σ of the values below the mode: 1.4826 × their median distance from it. */
  readonly leftSpread: number;
  /** mode + k · leftSpread. */
  readonly threshold: number;
}

const BINS = 256;
const SMOOTHING = [70 / 256, 56 / 256, 28 / 256, 8 / 256, 1 / 256];

/**
 * A threshold from one population alone: what lies below the mode belongs to the background, and the background
 * is taken to be symmetric. The histogram (256 bins between the 0.1 % and the 99.9 % quantile, smoothed
 * binomially over nine bins) gives the mode, refined by a parabola through the peak and its neighbours.
 * @throws RangeError where there are no values or one is not finite.
 */
export function modeThreshold(values: ArrayLike<number>, k: number): ModeThreshold {
  const n = values.length;
  if (n === 0) throw new RangeError('values is empty; a threshold needs at least one value');
  requireFinite('values', values);
  if (!Number.isFinite(k)) throw new RangeError(`k is ${k}; it must be a finite number`);
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor(0.001 * (n - 1))]!;
  const high = sorted[Math.ceil(0.999 * (n - 1))]!;
  if (low === high) return { mode: low, leftSpread: 0, threshold: low };

  const counts = new Float64Array(BINS);
  const scale = BINS / (high - low);
  for (let i = 0; i < n; i++) {
    const bin = Math.floor((sorted[i]! - low) * scale);
    if (bin >= 0 && bin < BINS) counts[bin]!++;
  }
  const smooth = new Float64Array(BINS);
  for (let i = 0; i < BINS; i++) {
    let sum = SMOOTHING[0]! * counts[i]!;
    for (let j = 1; j < SMOOTHING.length; j++) {
      sum += SMOOTHING[j]! * ((counts[i - j] ?? 0) + (counts[i + j] ?? 0));
    }
    smooth[i] = sum;
  }
  let peak = 0;
  for (let i = 1; i < BINS; i++) if (smooth[i]! > smooth[peak]!) peak = i;
  const left = smooth[peak - 1] ?? 0;
  const right = smooth[peak + 1] ?? 0;
  const bend = left - 2 * smooth[peak]! + right;
  const shift = bend < 0 ? (0.5 * (left - right)) / bend : 0;
  const mode = low + (peak + 0.5 + shift) / scale;

  let below = 0;
  while (below < n && sorted[below]! < mode) below++;
  const middle = below > 0 ? (sorted[(below - 1) >> 1]! + sorted[below >> 1]!) / 2 : mode;
  const leftSpread = 1.4826 * (mode - middle);
  return { mode, leftSpread, threshold: mode + k * leftSpread };
}
