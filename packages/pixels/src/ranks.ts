/**
 * Dense rank 0, 1, … of each listed pixel by its value; equal values share a rank. `at[i]` is where in `values`
 * the i-th pixel is found. Three passes of radix sort over the bits of the floats.
 */
export function denseRanks(values: Float32Array, at: Int32Array): { ranks: Int32Array; count: number } {
  const n = at.length;
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(3 * 2048);
  let keys = new Uint32Array(n);
  let order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    // Floats in the order of unsigned integers: the sign bit decides what to flip. −0 counts as 0.
    const b = bits[at[i]!]!;
    const key = (b === -2147483648 ? -2147483648 : b < 0 ? ~b : b | -2147483648) >>> 0;
    keys[i] = key;
    order[i] = i;
    counts[key & 2047]!++;
    counts[2048 + ((key >>> 11) & 2047)]!++;
    counts[4096 + (key >>> 22)]!++;
  }
  let otherKeys = new Uint32Array(n);
  let otherOrder = new Int32Array(n);
  const starts = new Uint32Array(2048);
  for (let pass = 0; pass < 3; pass++) {
    const shift = 11 * pass;
    let start = 0;
    let used = 0;
    for (let b = 0; b < 2048; b++) {
      const c = counts[pass * 2048 + b]!;
      starts[b] = start;
      start += c;
      if (c > 0) used++;
    }
    if (used < 2) continue;
    for (let i = 0; i < n; i++) {
      const key = keys[i]!;
      const to = starts[(key >>> shift) & 2047]!++;
      otherKeys[to] = key;
      otherOrder[to] = order[i]!;
    }
    [keys, otherKeys] = [otherKeys, keys];
    [order, otherOrder] = [otherOrder, order];
  }
  const ranks = otherOrder;
  let rank = -1;
  let before = -1;
  // `order` is read while `ranks`, another array, is written.
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    if (key !== before) {
      rank++;
      before = key;
    }
    ranks[order[i]!] = rank;
  }
  return { ranks, count: rank + 1 };
}
