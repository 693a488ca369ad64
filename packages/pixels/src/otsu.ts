import { histogram } from './histogram.ts';

/**
 * Otsu's threshold (1979): the one with the largest variance between the two classes. Values above it are
 * foreground. As `skimage.filters.threshold_otsu`.
 * @throws RangeError where there are no values or one is not finite.
 */
export function otsu(values: ArrayLike<number>, bins = 256): number {
  const { counts, centers, min, max } = histogram(values, bins);
  if (min === max) return min;
  const n = counts.length;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    total += counts[i]!;
    sum += counts[i]! * centers[i]!;
  }
  let best = 0;
  let bestVariance = -1;
  let below = 0;
  let sumBelow = 0;
  for (let i = 0; i + 1 < n; i++) {
    below += counts[i]!;
    sumBelow += counts[i]! * centers[i]!;
    const above = total - below;
    const difference = sumBelow / below - (sum - sumBelow) / above;
    const variance = below * above * difference * difference;
    if (variance > bestVariance) {
      bestVariance = variance;
      best = i;
    }
  }
  return centers[best]!;
}
