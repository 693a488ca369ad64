import { asFloats, extent } from './histogram.ts';

const BUCKETS = 4096;

/**
 * Li's threshold by the iteration of Li and Tam (1998), from the mean, as `skimage.filters.threshold_li`: the
 * fixed point where t = (b − f) / (ln b − ln f) for the means b below and f above t. Values above it are
 * foreground. Iterates until the two classes stay the same.
 * @throws RangeError where there are no values or one is not finite.
 */
export function li(values: ArrayLike<number>): number {
  const data = asFloats(values);
  const n = data.length;
  const [min, max] = extent(data);
  if (min === max) return min;

  // Sorted into buckets once, each iteration looks at the values of a single bucket.
  const scale = BUCKETS / (max - min);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < n; i++) starts[bucketOf(data[i]! - min, scale) + 1]!++;
  for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b]!;
  const next = starts.slice(0, BUCKETS);
  const sorted = new Float64Array(n);
  const sumBelow = new Float64Array(BUCKETS + 1);
  for (let i = 0; i < n; i++) {
    const v = data[i]! - min;
    const b = bucketOf(v, scale);
    sorted[next[b]!++] = v;
    sumBelow[b + 1]! += v;
  }
  for (let b = 0; b < BUCKETS; b++) sumBelow[b + 1]! += sumBelow[b]!;
  const total = sumBelow[BUCKETS]!;

  let threshold = total / n;
  let countBefore = -1;
  for (;;) {
    const bucket = bucketOf(threshold, scale);
    let count = starts[bucket]!;
    let sum = sumBelow[bucket]!;
    for (let i = starts[bucket]!; i < starts[bucket + 1]!; i++) {
      const v = sorted[i]!;
      if (v <= threshold) {
        count++;
        sum += v;
      }
    }
    if (count === countBefore) return threshold + min;
    countBefore = count;
    const back = sum / count;
    const fore = (total - sum) / (n - count);
    // Below the mean of the smallest values nothing is left to move.
    if (back === 0) return threshold + min;
    threshold = (back - fore) / (Math.log(back) - Math.log(fore));
  }
}

function bucketOf(shifted: number, scale: number): number {
  const b = Math.floor(shifted * scale);
  return b < BUCKETS ? b : BUCKETS - 1;
}
