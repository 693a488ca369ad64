/**
 * The value that would stand at `rank` (from 0) if `values` were sorted; they are partly put in order on the way. Ten
 * times as fast as sorting, which every thumbnail feels. No NaN.
 */
export function nthSmallest(values: Float32Array, rank: number): number {
  let [first, last] = [0, values.length - 1];
  // Any place will do but one that a pattern in the picture could make the worst again and again.
  for (let spot = 0.5; first < last; spot = (spot + 0.618) % 1) {
    const pivot = values[first + Math.floor(spot * (last - first))]!;
    let [i, j] = [first, last];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (rank <= j) last = j;
    else if (rank >= i) first = i;
    else break;
  }
  return values[rank]!;
}
