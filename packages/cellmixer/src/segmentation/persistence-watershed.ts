import type { LabelMap, Mask, Plane } from '@cellmixer/pixels';
import { release } from './release.ts';

/**
 * Watershed of the peaks of `heights` inside `mask`. A peak stands as an object of its own where, on the way to the
 * next higher one, the saddle lies below `keep` of its height; else it joins that one (the h-maxima rule, h being
 * the share 1 − keep of the peak). Every pixel climbs to its highest of eight neighbours up to a peak; then basins
 * are joined over their saddles, highest saddle first; last, regions that are too small join the neighbour over their
 * highest saddle. Passes run in reading order, so it is fast on large pictures.
 * Labels are 1…n in the order of the first pixel of each.
 *
 * @param heights ≥ 0, finite
 * @param keep 0…1; 1 keeps every peak that stands clear of its saddle at all
 * @param leastArea regions of fewer pixels do not stay alone where they touch another
 */
export function persistenceWatershed(
  heights: Plane,
  mask: Mask,
  keep: number,
  leastArea = 0,
): { readonly labels: LabelMap; readonly count: number } {
  const field = padField(heights, mask);
  const { basins, peaks } = climb(field);
  const parent = Int32Array.from(peaks, (_, basin) => basin);
  const saddles = findSaddles(field, basins, peaks.length);
  joinShallow(saddles, peaks, parent, keep);
  if (leastArea > 0) joinSmall(saddles, basins, parent, leastArea);
  release(saddles.from, saddles.to, saddles.heights, saddles.order);
  const { width, height } = mask;
  const labels = new Int32Array(width * height);
  const labelOf = new Int32Array(peaks.length);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const basin = basins[(y + 1) * field.width + x + 1]!;
      if (basin === 0) continue;
      if (labelOf[basin] === 0) {
        const root = findRoot(parent, basin);
        if (labelOf[root] === 0) labelOf[root] = ++count;
        labelOf[basin] = labelOf[root]!;
      }
      labels[y * width + x] = labelOf[basin]!;
    }
  }
  release(field.data, basins);
  return { labels: { width, height, data: labels }, count };
}

/** Heights with a border of one pixel, −1 there and outside the mask: no pass has to look out for edges. */
interface Field {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function padField(heights: Plane, mask: Mask): Field {
  const width = mask.width + 2;
  const height = mask.height + 2;
  const data = new Float32Array(width * height).fill(-1);
  for (let y = 0; y < mask.height; y++) {
    const from = y * mask.width;
    const to = (y + 1) * width + 1;
    for (let x = 0; x < mask.width; x++)
      if (mask.data[from + x] !== 0) data[to + x] = heights.data[from + x]!;
  }
  return { width, height, data };
}

/** The basin of every pixel, 1…n in reading order of their peaks, and the height of each basin's peak. */
function climb({ width, data }: Field): { readonly basins: Int32Array; readonly peaks: Float32Array } {
  const up = new Int32Array(data.length);
  const basins = new Int32Array(data.length);
  let count = 0;
  for (let p = 0; p < data.length; p++) {
    if (data[p]! < 0) continue;
    // Of equal heights the first in reading order counts as higher, so that plateaus have no circles. Unrolled, as
    // most of the time goes here.
    let best = p - width - 1;
    if (data[p - width]! > data[best]!) best = p - width;
    if (data[p - width + 1]! > data[best]!) best = p - width + 1;
    if (data[p - 1]! > data[best]!) best = p - 1;
    if (data[p]! > data[best]!) best = p;
    if (data[p + 1]! > data[best]!) best = p + 1;
    if (data[p + width - 1]! > data[best]!) best = p + width - 1;
    if (data[p + width]! > data[best]!) best = p + width;
    if (data[p + width + 1]! > data[best]!) best = p + width + 1;
    up[p] = best;
    if (best === p) basins[p] = ++count;
  }
  const peaks = new Float32Array(count + 1);
  for (let p = 0; p < data.length; p++) if (basins[p] !== 0) peaks[basins[p]!] = data[p]!;
  for (let p = 0; p < data.length; p++) {
    if (data[p]! < 0) continue;
    let top = p;
    while (basins[top] === 0) top = up[top]!;
    const basin = basins[top]!;
    for (let q = p; basins[q] === 0; q = up[q]!) basins[q] = basin;
  }
  release(up);
  return { basins, peaks };
}

/** Joins basins where the lower peak does not stand clear of the saddle. */
function joinShallow(saddles: Saddles, peaks: Float32Array, parent: Int32Array, keep: number): void {
  for (const i of saddles.order) {
    const a = findRoot(parent, saddles.from[i]!);
    const b = findRoot(parent, saddles.to[i]!);
    if (a === b) continue;
    const aIsLower = peaks[a]! < peaks[b]! || (peaks[a] === peaks[b] && a > b);
    const lower = aIsLower ? a : b;
    if (saddles.heights[i]! >= keep * peaks[lower]!) parent[lower] = aIsLower ? b : a;
  }
}

/** Joins what is smaller than `leastArea` to the neighbour over the highest saddle. */
function joinSmall(saddles: Saddles, basins: Int32Array, parent: Int32Array, leastArea: number): void {
  const area = new Int32Array(parent.length);
  for (let p = 0; p < basins.length; p++) if (basins[p] !== 0) area[basins[p]!]!++;
  for (let basin = 1; basin < parent.length; basin++) {
    const root = findRoot(parent, basin);
    if (root !== basin) area[root] = area[root]! + area[basin]!;
  }
  for (const i of saddles.order) {
    const a = findRoot(parent, saddles.from[i]!);
    const b = findRoot(parent, saddles.to[i]!);
    if (a === b || (area[a]! >= leastArea && area[b]! >= leastArea)) continue;
    const smaller = area[a]! < area[b]! ? a : b;
    const larger = smaller === a ? b : a;
    parent[smaller] = larger;
    area[larger] = area[larger]! + area[smaller]!;
  }
}

interface Saddles {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly heights: Float32Array;
  /** Indices of the saddles, highest first. */
  readonly order: Int32Array;
}

/** The highest way between each two basins that touch. */
function findSaddles({ width, data }: Field, basins: Int32Array, count: number): Saddles {
  // The saddles of a basin to those of higher number form a chain: they are few, so it is faster than a map. Typed
  // arrays, as plain ones of this size would call the garbage collector again and again.
  const head = new Int32Array(count).fill(-1);
  let from = new Int32Array(4 * count);
  let to = new Int32Array(4 * count);
  let next = new Int32Array(4 * count);
  let heights = new Float32Array(4 * count);
  let found = 0;
  for (let p = 0; p < data.length; p++) {
    const a = basins[p]!;
    if (a === 0) continue;
    for (let n = 0; n < 4; n++) {
      const q = n === 0 ? p + 1 : p + width + n - 2;
      const b = basins[q]!;
      if (b === 0 || b === a) continue;
      const saddle = data[p]! < data[q]! ? data[p]! : data[q]!;
      const low = a < b ? a : b;
      const high = a < b ? b : a;
      let at = head[low]!;
      while (at >= 0 && to[at] !== high) at = next[at]!;
      if (at >= 0) {
        if (saddle > heights[at]!) heights[at] = saddle;
        continue;
      }
      if (found === from.length) {
        from = doubled(from, new Int32Array(2 * found));
        to = doubled(to, new Int32Array(2 * found));
        next = doubled(next, new Int32Array(2 * found));
        heights = doubled(heights, new Float32Array(2 * found));
      }
      next[found] = head[low]!;
      head[low] = found;
      from[found] = low;
      to[found] = high;
      heights[found] = saddle;
      found++;
    }
  }
  release(head, next);
  return { from, to, heights, order: descending(heights.subarray(0, found)) };
}

function doubled<A extends Int32Array | Float32Array>(values: A, grown: A): A {
  grown.set(values);
  release(values);
  return grown;
}

/** Indices from the highest value to the lowest; values within 1/65,536 of the highest count as equal. */
function descending(values: Float32Array): Int32Array {
  const levels = 65536;
  let highest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > highest) highest = values[i]!;
  const scale = highest > 0 ? (levels - 1) / highest : 0;
  const places = new Int32Array(levels + 1);
  for (let i = 0; i < values.length; i++) {
    const level = levels - 1 - Math.trunc(values[i]! * scale);
    places[level + 1] = places[level + 1]! + 1;
  }
  for (let level = 0; level < levels; level++) places[level + 1] = places[level + 1]! + places[level]!;
  const order = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const level = levels - 1 - Math.trunc(values[i]! * scale);
    order[places[level]!] = i;
    places[level] = places[level]! + 1;
  }
  return order;
}

function findRoot(parent: Int32Array, basin: number): number {
  let root = basin;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}
