import { asFloats, extent } from './histogram.ts';

export interface ModeThreshold {
  /** Where the smoothed histogram peaks. */
  readonly mode: number;
  /** Robust σ of the values below the mode: 1.4826 × their median distance from it. */
  readonly leftSpread: number;
  /** mode + k · leftSpread. */
  readonly threshold: number;
}

const BINS = 2048;
/** Width of the smoothing for the first guess, in bins. */
const FIRST_WIDTH = BINS / 64;
/** Width of the smoothing after that, in spreads: near the best for a mode from some 10⁵ values. */
const WIDTH = 0.25;

/**
 * A threshold from one population alone: what lies below the mode belongs to the background, and the background
 * is taken to be symmetric, so its spread is read from that side. The histogram spans about the 0.1 % to the
 * 99.9 % quantile, so that a few wild values do not matter; it is smoothed in proportion to the spread found.
 * @throws RangeError where there are no values or one is not finite.
 */
export function modeThreshold(values: ArrayLike<number>, k: number): ModeThreshold {
  if (!Number.isFinite(k)) throw new RangeError(`k is ${k}; it must be a finite number`);
  const data = asFloats(values);
  const { counts, below, low, high } = coreHistogram(data);
  if (low === high) return { mode: low, leftSpread: 0, threshold: low };
  const step = (high - low) / BINS;
  let width = FIRST_WIDTH;
  let mode = 0;
  let spread = 0;
  for (let round = 0; round < 3; round++) {
    mode = peakOf(smoothed(counts, width));
    spread = 1.4826 * (mode - medianBelow(counts, below, mode));
    width = Math.max(1, WIDTH * spread);
  }
  const leftSpread = spread * step;
  const place = low + mode * step;
  return { mode: place, leftSpread, threshold: place + k * leftSpread };
}

/** Counts between two bounds that leave out about 0.1 % at either end; `below` counts what lies under `low`. */
function coreHistogram(data: Float32Array | Float64Array): {
  counts: Float64Array;
  below: number;
  low: number;
  high: number;
} {
  let [low, high] = extent(data);
  const counts = new Float64Array(BINS);
  let below = 0;
  // Wild values can leave everything else in one bin: count again between closer bounds until they hold.
  for (let round = 0; round < 12 && low < high; round++) {
    counts.fill(0);
    below = 0;
    const scale = BINS / (high - low);
    for (let i = 0; i < data.length; i++) {
      const v = data[i]!;
      if (v < low) below++;
      else if (v <= high) {
        const bin = ((v - low) * scale) | 0;
        counts[bin < BINS ? bin : BINS - 1]!++;
      }
    }
    const limit = 0.001 * data.length;
    let first = 0;
    for (let sum = below + counts[0]!; sum <= limit; sum += counts[++first]!);
    let end = BINS;
    let above = data.length - below;
    for (const count of counts) above -= count;
    for (let sum = above + counts[BINS - 1]!; sum <= limit; sum += counts[--end - 1]!);
    if (end - first > BINS / 2) break;
    const from = low;
    low = from + first / scale;
    high = from + end / scale;
  }
  return { counts, below, low, high };
}

/** Blurred by a Gaussian of `width` bins, zero beyond the ends. */
function smoothed(counts: Float64Array, width: number): Float64Array {
  const radius = Math.ceil(3 * width);
  const out = new Float64Array(BINS);
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-0.5 * (i / width) ** 2));
  for (let i = 0; i < BINS; i++) {
    const count = counts[i]!;
    if (count === 0) continue;
    const from = Math.max(0, i - radius);
    const to = Math.min(BINS - 1, i + radius);
    for (let j = from; j <= to; j++) out[j]! += count * weights[j < i ? i - j : j - i]!;
  }
  return out;
}

/** Place of the highest bin, in bins from the left edge, refined by a parabola through its neighbours. */
function peakOf(curve: Float64Array): number {
  let peak = 0;
  for (let i = 1; i < curve.length; i++) if (curve[i]! > curve[peak]!) peak = i;
  const left = curve[peak - 1] ?? 0;
  const right = curve[peak + 1] ?? 0;
  const bend = left - 2 * curve[peak]! + right;
  return peak + 0.5 + (bend < 0 ? (0.5 * (left - right)) / bend : 0);
}

/** Median of what lies below `place`, in bins, linear inside a bin. */
function medianBelow(counts: Float64Array, below: number, place: number): number {
  const whole = Math.floor(place);
  let total = below;
  for (let i = 0; i < whole; i++) total += counts[i]!;
  if (whole < BINS) total += counts[whole]! * (place - whole);
  let rest = total / 2 - below;
  if (rest <= 0) return 0;
  for (let i = 0; i <= whole && i < BINS; i++) {
    if (rest <= counts[i]!) return i + rest / counts[i]!;
    rest -= counts[i]!;
  }
  return place;
}
