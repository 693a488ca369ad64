/**
 * A priority queue of pixels by height, first in, first out among equals. Heights are ranked once (radix sort);
 * each rank has a list of waiting pixels, and a tree of bits finds the lowest rank in use, so that pushing and
 * popping take constant time where a heap would take the logarithm. A pixel can be in it once at a time.
 */
export class RankQueue {
  readonly #rank: Int32Array;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #next: Int32Array;
  /** Bit r of level 0: rank r is in use; bit w of level l + 1: word w of level l is not 0. */
  readonly #levels: Int32Array[];

  /** Pixels where `inside` is 0 must not be pushed. */
  constructor(heights: Float32Array, inside: Uint8Array) {
    const { rank, count } = ranksOf(heights, inside);
    this.#rank = rank;
    this.#head = new Int32Array(count).fill(-1);
    this.#tail = new Int32Array(count);
    this.#next = new Int32Array(heights.length);
    this.#levels = [];
    let size = Math.max(1, count);
    do {
      size = Math.ceil(size / 32);
      this.#levels.push(new Int32Array(size));
    } while (size > 1);
  }

  push(pixel: number): void {
    const rank = this.#rank[pixel]!;
    this.#next[pixel] = -1;
    if (this.#head[rank]! >= 0) {
      this.#next[this.#tail[rank]!] = pixel;
      this.#tail[rank] = pixel;
      return;
    }
    this.#head[rank] = pixel;
    this.#tail[rank] = pixel;
    let bit = rank;
    for (let l = 0; l < this.#levels.length; l++) {
      const level = this.#levels[l]!;
      const word = bit >>> 5;
      const before = level[word]!;
      level[word] = before | (1 << (bit & 31));
      if (before !== 0) return;
      bit = word;
    }
  }

  /** The pixel of lowest height that came first, or −1. */
  pop(): number {
    const levels = this.#levels;
    let word = 0;
    for (let l = levels.length - 1; l >= 0; l--) {
      const bits = levels[l]![word]!;
      if (bits === 0) return -1;
      word = (word << 5) | (31 - Math.clz32(bits & -bits));
    }
    const rank = word;
    const pixel = this.#head[rank]!;
    const next = this.#next[pixel]!;
    this.#head[rank] = next;
    if (next >= 0) return pixel;
    let bit = rank;
    for (let l = 0; l < levels.length; l++) {
      const level = levels[l]!;
      const index = bit >>> 5;
      const after = level[index]! & ~(1 << (bit & 31));
      level[index] = after;
      if (after !== 0) break;
      bit = index;
    }
    return pixel;
  }
}

/** Dense rank of each height among the pixels inside; equal heights share a rank. */
function ranksOf(heights: Float32Array, inside: Uint8Array): { rank: Int32Array; count: number } {
  const n = heights.length;
  let members = 0;
  for (let i = 0; i < n; i++) if (inside[i] !== 0) members++;
  let order = new Int32Array(members);
  let keys = new Uint32Array(members);
  const bits = new Int32Array(heights.buffer, heights.byteOffset, n);
  const counts = new Uint32Array(3 * 2048);
  let m = 0;
  for (let i = 0; i < n; i++) {
    if (inside[i] === 0) continue;
    // The order of floats as that of unsigned integers: −0 first becomes 0, then the sign decides what to flip.
    const b = heights[i] === 0 ? 0 : bits[i]!;
    const key = (b < 0 ? ~b : b | 0x80000000) >>> 0;
    order[m] = i;
    keys[m] = key;
    m++;
    counts[key & 2047]!++;
    counts[2048 + ((key >>> 11) & 2047)]!++;
    counts[4096 + (key >>> 22)]!++;
  }
  let order2 = new Int32Array(members);
  let keys2 = new Uint32Array(members);
  for (let pass = 0; pass < 3; pass++) {
    const shift = 11 * pass;
    const starts = new Uint32Array(2048);
    let start = 0;
    let used = 0;
    for (let b = 0; b < 2048; b++) {
      starts[b] = start;
      const c = counts[pass * 2048 + b]!;
      if (c > 0) used++;
      start += c;
    }
    if (used < 2) continue;
    for (let i = 0; i < members; i++) {
      const key = keys[i]!;
      const at = starts[(key >>> shift) & 2047]!++;
      order2[at] = order[i]!;
      keys2[at] = key;
    }
    [order, order2] = [order2, order];
    [keys, keys2] = [keys2, keys];
  }
  const rank = new Int32Array(n);
  let r = -1;
  for (let i = 0; i < members; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) r++;
    rank[order[i]!] = r;
  }
  return { rank, count: r + 1 };
}
