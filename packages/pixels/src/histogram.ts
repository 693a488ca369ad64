import { requireFinite, requireWhole } from './checks.ts';

export interface Histogram {
  readonly counts: Float64Array;
  /** Middle of each bin, in the unit of the values. */
  readonly centers: Float64Array;
  readonly min: number;
  readonly max: number;
}

function isInteger8Or16(values: ArrayLike<number>): boolean {
  return (
    values instanceof Uint8Array ||
    values instanceof Uint16Array ||
    values instanceof Int8Array ||
    values instanceof Int16Array
  );
}

/** Smallest and largest value. */
export function extent(values: ArrayLike<number>): [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return [min, max];
}

/**
 * Counts values in `bins` bins of equal width from the smallest to the largest value (the last bin closed), as
 * `numpy.histogram`. Arrays of 8- and 16-bit integers get one bin for each integer instead, as in scikit-image.
 * @throws RangeError where there are no values or one is not finite.
 */
export function histogram(values: ArrayLike<number>, bins = 256): Histogram {
  requireWhole('bins', bins, 1);
  if (values.length === 0) throw new RangeError('values is empty; a histogram needs at least one value');
  requireFinite('values', values);
  const [min, max] = extent(values);
  if (isInteger8Or16(values)) {
    const counts = new Float64Array(max - min + 1);
    for (let i = 0; i < values.length; i++) counts[values[i]! - min]!++;
    return { counts, centers: Float64Array.from(counts, (_, i) => min + i), min, max };
  }
  const first = min === max ? min - 0.5 : min;
  const last = min === max ? max + 0.5 : max;
  const counts = new Float64Array(bins);
  const width = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : first + i * width));
  const scale = bins / (last - first);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    let bin = Math.floor((v - first) * scale);
    if (bin >= bins) bin = bins - 1;
    // Rounding can put a value beside an edge into the neighbour's bin.
    if (v < edges[bin]!) bin--;
    else if (bin < bins - 1 && v >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  const centers = Float64Array.from({ length: bins }, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
  return { counts, centers, min, max };
}
