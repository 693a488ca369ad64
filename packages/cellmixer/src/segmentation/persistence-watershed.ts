import type { LabelMap, Mask, Plane } from '@cellmixer/pixels';

const LEVELS = 65536;

/**
 * Watershed of the peaks of `heights` inside `mask`. A peak stands as an object of its own where, on the way to the
 * next higher one, the saddle lies below `keep` of its height; else it joins that one (the h-maxima rule, h being
 * the share 1 − keep of the peak). Flooded from the highest pixel down with union-find, over eight neighbours: peaks,
 * saddles and regions come out of one pass. Labels are 1…n in the order of the first pixel of each.
 *
 * @param heights ≥ 0, finite
 * @param keep 0…1; 1 keeps every peak
 */
export function persistenceWatershed(
  heights: Plane,
  mask: Mask,
  keep: number,
): { readonly labels: LabelMap; readonly count: number } {
  const { width, height } = mask;
  const order = descendingOrder(heights.data, mask.data);
  const basins = floodBasins(heights.data, order, width, height, keep);
  const labels = basins.labels;
  const renumbered = new Int32Array(basins.parent.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const basin = labels[i]!;
    if (basin === 0) continue;
    const root = findRoot(basins.parent, basin);
    if (renumbered[root] === 0) renumbered[root] = ++count;
    labels[i] = renumbered[root]!;
  }
  return { labels: { width, height, data: labels }, count };
}

/** Indices of the mask's pixels, highest first, equal heights (to 1/65,536 of the highest) in reading order. */
function descendingOrder(heights: Float32Array, mask: Uint8Array): Int32Array {
  let highest = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0 && heights[i]! > highest) highest = heights[i]!;
  const scale = highest > 0 ? (LEVELS - 1) / highest : 0;
  const next = new Int32Array(LEVELS + 1);
  const levels = new Uint16Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const level = LEVELS - 1 - ((heights[i]! * scale) | 0);
    levels[i] = level;
    next[level + 1] = next[level + 1]! + 1;
  }
  for (let level = 0; level < LEVELS; level++) next[level + 1] = next[level + 1]! + next[level]!;
  const order = new Int32Array(next[LEVELS]!);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const level = levels[i]!;
    const at = next[level]!;
    order[at] = i;
    next[level] = at + 1;
  }
  return order;
}

function floodBasins(
  heights: Float32Array,
  order: Int32Array,
  width: number,
  height: number,
  keep: number,
): { readonly labels: Int32Array; readonly parent: Int32Array } {
  const labels = new Int32Array(width * height);
  let parent = new Int32Array(1024);
  let peak = new Float32Array(1024);
  let basins = 0;
  for (let n = 0; n < order.length; n++) {
    const at = order[n]!;
    const value = heights[at]!;
    const x = at % width;
    const above = at >= width ? at - width : -1;
    const below = at + width < width * height ? at + width : -1;
    const left = x > 0 ? 1 : 0;
    const right = x + 1 < width ? 1 : 0;
    // The pixel joins its highest neighbour; every other basin that it touches meets it here.
    let best = 0;
    let bestHeight = -1;
    let mixed = false;
    for (let row = 0; row < 3; row++) {
      const middle = row === 0 ? above : row === 1 ? at : below;
      if (middle < 0) continue;
      for (let neighbour = middle - left; neighbour <= middle + right; neighbour++) {
        const label = labels[neighbour]!;
        if (label === 0) continue;
        if (best !== 0 && label !== best) mixed = true;
        if (heights[neighbour]! > bestHeight) {
          bestHeight = heights[neighbour]!;
          best = label;
        }
      }
    }
    if (best === 0) {
      basins++;
      if (basins === parent.length) {
        parent = growInt(parent);
        peak = growFloat(peak);
      }
      parent[basins] = basins;
      peak[basins] = value;
      labels[at] = basins;
      continue;
    }
    labels[at] = best;
    if (!mixed) continue;
    for (let row = 0; row < 3; row++) {
      const middle = row === 0 ? above : row === 1 ? at : below;
      if (middle < 0) continue;
      for (let neighbour = middle - left; neighbour <= middle + right; neighbour++) {
        const label = labels[neighbour]!;
        if (label !== 0 && label !== best) joinIfShallow(parent, peak, best, label, value, keep);
      }
    }
  }
  return { labels, parent };
}

/** Merges two basins that meet at height `saddle` unless the lower peak stands clear of it. */
function joinIfShallow(
  parent: Int32Array,
  peak: Float32Array,
  a: number,
  b: number,
  saddle: number,
  keep: number,
): void {
  const rootA = findRoot(parent, a);
  const rootB = findRoot(parent, b);
  if (rootA === rootB) return;
  const aIsLower = peak[rootA]! < peak[rootB]! || (peak[rootA] === peak[rootB] && rootA > rootB);
  const lower = aIsLower ? rootA : rootB;
  if (saddle >= keep * peak[lower]!) parent[lower] = aIsLower ? rootB : rootA;
}

function findRoot(parent: Int32Array, basin: number): number {
  let root = basin;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}

function growInt(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}

function growFloat(array: Float32Array): Float32Array<ArrayBuffer> {
  const grown = new Float32Array(array.length * 2);
  grown.set(array);
  return grown;
}
