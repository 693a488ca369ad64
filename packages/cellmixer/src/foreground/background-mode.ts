/** The population of values that the background makes in a feature's histogram. */
export interface BackgroundMode {
  /** The leftmost peak of weight. */
  readonly mode: number;
  /** Robust σ of the values below the mode: 1.4826 × their median distance from it. */
  readonly spread: number;
}

const BINS = 256;
const SMOOTHING_SIGMA = 3;
/** A peak counts from this share of the highest one's height. */
const PEAK_SHARE = 0.25;
/** A dent that is shallower than this is chance: some hundreds of values make the height of a peak. */
const VALLEY_SHARE = 0.7;

/**
 * The background's mode: the leftmost peak of the smoothed histogram (256 bins between the 0.05 % and the
 * 99.95 % quantile, Gaussian of three bins) that is at least a quarter as high as the highest and set off
 * from it by a valley. In a dense picture the cells' own peak may be the highest, so the highest alone would not do.
 *
 * @param sorted ascending, at least one value.
 */
export function findBackgroundMode(sorted: Float32Array): BackgroundMode {
  const n = sorted.length;
  const low = sorted[Math.floor(0.0005 * (n - 1))]!;
  const high = sorted[Math.ceil(0.9995 * (n - 1))]!;
  if (!(high > low)) return { mode: low, spread: 0 };
  const scale = BINS / (high - low);
  const counts = new Float64Array(BINS);
  for (let i = 0; i < n; i++) {
    const bin = Math.floor((sorted[i]! - low) * scale);
    if (bin >= 0 && bin < BINS) counts[bin]!++;
  }
  const smooth = smoothed(counts);
  const peak = leftmostPeak(smooth);
  const left = smooth[peak - 1] ?? 0;
  const right = smooth[peak + 1] ?? 0;
  const bend = left - 2 * smooth[peak]! + right;
  const mode = low + (peak + 0.5 + (bend < 0 ? (0.5 * (left - right)) / bend : 0)) / scale;
  const below = countBelow(sorted, mode);
  const middle = below > 0 ? (sorted[(below - 1) >> 1]! + sorted[below >> 1]!) / 2 : mode;
  return { mode, spread: 1.4826 * (mode - middle) };
}

function smoothed(counts: Float64Array): Float64Array {
  const radius = 4 * SMOOTHING_SIGMA;
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) =>
    Math.exp((-0.5 * i * i) / (SMOOTHING_SIGMA * SMOOTHING_SIGMA)),
  );
  return Float64Array.from(counts, (_, i) => {
    let sum = weights[0]! * counts[i]!;
    for (let j = 1; j <= radius; j++) sum += weights[j]! * ((counts[i - j] ?? 0) + (counts[i + j] ?? 0));
    return sum;
  });
}

/** The first peak that is high enough and either the highest or set off from what is higher by a valley. */
function leftmostPeak(smooth: Float64Array): number {
  const top = smooth.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < smooth.length; i++) {
    const v = smooth[i]!;
    const isPeak = v >= (smooth[i - 1] ?? 0) && v > (smooth[i + 1] ?? 0);
    if (isPeak && v >= PEAK_SHARE * top && valleyBeyond(smooth, i) <= VALLEY_SHARE * v) return i;
  }
  return smooth.indexOf(top);
}

/** The lowest value between a peak and the first higher one to its right; 0 where none is higher. */
function valleyBeyond(smooth: Float64Array, peak: number): number {
  let lowest = smooth[peak]!;
  for (let i = peak + 1; i < smooth.length; i++) {
    if (smooth[i]! > smooth[peak]!) return lowest;
    lowest = Math.min(lowest, smooth[i]!);
  }
  return 0;
}

function countBelow(sorted: Float32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
