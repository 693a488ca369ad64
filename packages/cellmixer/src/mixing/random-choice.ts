import type { Random } from '@cellmixer/pixels';

/** Index of one of the weights with a chance in proportion to it. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  const sum = weights.reduce((a, b) => a + b, 0);
  let left = random.next() * sum;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]!;
    if (left < 0 && weights[i]! > 0) return i;
  }
  return weights.findLastIndex((weight) => weight > 0);
}

/** Index into growing sums with a chance in proportion to each step. */
export function pickBySums(random: Random, sums: Float64Array): number {
  const at = random.next() * sums[sums.length - 1]!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
