import { requireFinite, requireWhole } from './checks.ts';

export interface Histogram {
  readonly counts: Float64Array;
  /** Middle of each bin, in the unit of the values. */
  readonly centers: Float64Array;
  readonly min: number;
  readonly max: number;
}

/** Values as one of two kinds of array, so that the hot loops over them stay fast. */
export function asFloats(values: ArrayLike<number>): Float32Array | Float64Array {
  return values instanceof Float32Array || values instanceof Float64Array ? values : new Float64Array(values);
}

/**
 * Smallest and largest value.
 * @throws RangeError where there are no values or one is not finite.
 */
export function extent(values: ArrayLike<number>): [number, number] {
  const n = values.length;
  if (n === 0) throw new RangeError('values is empty; at least one value is needed');
  requireFinite('values', values);
  let min = values[0]!;
  let max = min;
  for (let i = 1; i < n; i++) {
    const v = values[i]!;
    if (v < min) min = v;
    else if (v > max) max = v;
  }
  return [min, max];
}

/**
 * Counts values in `bins` bins of equal width from the smallest to the largest value (the last bin closed), as
 * `numpy.histogram` but for values that lie within rounding of an edge. Arrays of 8- and 16-bit integers get one bin for each integer instead, as in scikit-image.
 * @throws RangeError where there are no values or one is not finite.
 */
export function histogram(values: ArrayLike<number>, bins = 256): Histogram {
  requireWhole('bins', bins, 1);
  const [min, max] = extent(values);
  const whole =
    values instanceof Uint8Array ||
    values instanceof Uint16Array ||
    values instanceof Int8Array ||
    values instanceof Int16Array;
  if (whole) {
    const counts = new Float64Array(max - min + 1);
    for (let i = 0; i < values.length; i++) counts[values[i]! - min]!++;
    return { counts, centers: Float64Array.from(counts, (_, i) => min + i), min, max };
  }
  const first = min === max ? min - 0.5 : min;
  const width = (min === max ? 1 : max - min) / bins;
  const counts = countBins(asFloats(values), first, 1 / width, bins);
  return { counts, centers: Float64Array.from(counts, (_, i) => first + (i + 0.5) * width), min, max };
}

function countBins(
  values: Float32Array | Float64Array,
  first: number,
  scale: number,
  bins: number,
): Float64Array {
  const counts = new Int32Array(bins + 1);
  for (let i = 0; i < values.length; i++) {
    const bin = ((values[i]! - first) * scale) | 0;
    counts[bin] = counts[bin]! + 1;
  }
  counts[bins - 1]! += counts[bins]!;
  return Float64Array.from(counts.subarray(0, bins));
}
