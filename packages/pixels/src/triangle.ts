import { histogram } from './histogram.ts';

/**
 * Zack's triangle threshold (1977): the bin farthest below the line from the histogram's peak to the end of its
 * longer tail. As `skimage.filters.threshold_triangle`.
 * @throws RangeError where there are no values or one is not finite.
 */
export function triangle(values: ArrayLike<number>, bins = 256): number {
  const { counts, centers, min, max } = histogram(values, bins);
  if (min === max) return min;
  const n = counts.length;
  let peak = 0;
  for (let i = 1; i < n; i++) if (counts[i]! > counts[peak]!) peak = i;
  let low = 0;
  while (counts[low] === 0) low++;
  let high = n - 1;
  while (counts[high] === 0) high--;

  // Work with the longer tail on the left, as if the histogram were mirrored.
  const mirrored = peak - low < high - peak;
  const start = mirrored ? n - high - 1 : low;
  const top = mirrored ? n - peak - 1 : peak;
  const at = (i: number): number => counts[mirrored ? n - 1 - i : i]!;
  const width = top - start;
  const norm = Math.hypot(counts[peak]!, width);
  const slope = counts[peak]! / norm;
  const run = width / norm;
  let best = 0;
  let bestDistance = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < width; i++) {
    const distance = slope * i - run * at(i + start);
    if (distance > bestDistance) {
      bestDistance = distance;
      best = i;
    }
  }
  const level = best + start;
  return centers[mirrored ? n - 1 - level : level]!;
}
