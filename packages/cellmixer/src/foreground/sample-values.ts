/** More values than these move no threshold by more than a hundredth of the background's spread. */
const MOST = 10_000;

/** About 10,000 values at an even step, sorted ascending: enough for modes, quantiles and thresholds. */
export function sampleSorted(values: Float32Array, width: number): Float32Array {
  return sampleValues(values, width).sort();
}

/** About 10,000 values at an even step. */
export function sampleValues(values: Float32Array, width: number): Float32Array {
  const step = sampleStep(values.length, width);
  const out = new Float32Array(Math.ceil(values.length / step));
  for (let i = 0, o = 0; i < values.length; i += step, o++) out[o] = values[i]!;
  return out;
}

/** A step that leaves about 10,000 of `count` values and never divides the width, so that no column is preferred. */
export function sampleStep(count: number, width: number): number {
  let step = Math.max(1, Math.floor(count / MOST));
  while (step > 1 && (width % step === 0 || step % 2 === 0)) step++;
  return step;
}

/** The q-quantile, 0…1, of ascending values; the nearest below. */
export function quantileOf(sorted: Float32Array, q: number): number {
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1))))]!;
}
