/** More values than this change a threshold by less than a bin. */
const MOST = 65_536;

/** About 65,000 values at an even step, sorted ascending: enough for modes, quantiles and thresholds. */
export function sampleSorted(values: Float32Array, width: number): Float32Array {
  return sampleValues(values, width).sort();
}

/** About 65,000 values at an even step. The step never divides the width, so no column is preferred. */
export function sampleValues(values: Float32Array, width: number): Float32Array {
  let step = Math.max(1, Math.floor(values.length / MOST));
  while (step > 1 && (width % step === 0 || step % 2 === 0)) step++;
  const out = new Float32Array(Math.ceil(values.length / step));
  for (let i = 0, o = 0; i < values.length; i += step, o++) out[o] = values[i]!;
  return out;
}

/** The q-quantile, 0…1, of ascending values; the nearest below. */
export function quantileOf(sorted: Float32Array, q: number): number {
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1))))]!;
}
