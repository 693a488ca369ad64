import { requireFinite, requireGrid, requireSameSize } from './checks.ts';
import type { Connectivity } from './components.ts';
import { denseRanks } from './ranks.ts';
import type { LabelMap, Mask, Plane } from './raster.ts';

/**
 * Floods `heights` from the markers inside the mask, lowest level first; on one level, what was reached first
 * goes first, and markers row by row (Meyer's flooding, as `skimage.segmentation.watershed`, which joins over
 * edges alone by default: `connectivity` 4). Markers outside the mask are dropped; parts of the mask without a
 * marker stay 0.
 *
 * Levels are the ranks of the heights, each with a queue of its own, so that a pixel costs constant time where
 * a heap would cost the logarithm.
 * @throws RangeError where the sizes disagree or a height is not finite.
 */
export function watershed(
  heights: Plane,
  markers: LabelMap,
  mask: Mask,
  connectivity: Connectivity = 8,
): LabelMap {
  requireGrid('heights', heights);
  requireGrid('markers', markers);
  requireGrid('mask', mask);
  requireSameSize('markers', markers, 'heights', heights);
  requireSameSize('mask', mask, 'heights', heights);
  requireFinite('heights', heights.data);
  const { width, height } = heights;
  const inside = mask.data;

  let members = 0;
  for (let i = 0; i < inside.length; i++) if (inside[i] !== 0) members++;
  const at = new Int32Array(members);
  for (let i = 0, m = 0; i < inside.length; i++) if (inside[i] !== 0) at[m++] = i;
  const { ranks, count } = denseRanks(heights.data, at);

  // A frame of one pixel spares the question for the picture's edge. −1: not to be flooded, 0: not yet.
  const stride = width + 2;
  const labels = new Int32Array(stride * (height + 2)).fill(-1);
  const level = new Int32Array(labels.length);
  const next = new Int32Array(labels.length);
  const first = new Int32Array(count).fill(-1);
  const last = new Int32Array(count);
  for (let y = 0, m = 0; y < height; y++) {
    const end = (y + 1) * width;
    const shift = (y + 1) * stride + 1 - y * width;
    for (; m < members && at[m]! < end; m++) {
      const i = at[m]!;
      const label = markers.data[i]!;
      const to = i + shift;
      const rank = ranks[m]!;
      labels[to] = label;
      level[to] = rank;
      if (label === 0) continue;
      next[to] = -1;
      if (first[rank] === -1) first[rank] = to;
      else next[last[rank]!] = to;
      last[rank] = to;
    }
  }

  const neighbours = Int32Array.of(-stride, -1, 1, stride, -stride - 1, -stride + 1, stride - 1, stride + 1);
  const many = connectivity === 8 ? 8 : 4;
  for (let rank = 0; rank < count; rank++) {
    // The queue of this level grows while it is worked off: lower neighbours join it, too.
    for (let i = first[rank]!; i !== -1; i = next[i]!) {
      const label = labels[i]!;
      for (let k = 0; k < many; k++) {
        const j = i + neighbours[k]!;
        if (labels[j] !== 0) continue;
        labels[j] = label;
        const own = level[j]!;
        const to = own > rank ? own : rank;
        next[j] = -1;
        if (first[to] === -1) first[to] = j;
        else next[last[to]!] = j;
        last[to] = j;
      }
    }
  }

  const out = new Int32Array(width * height);
  for (let m = 0; m < members; m++) {
    const i = at[m]!;
    const y = Math.floor(i / width);
    out[i] = labels[i + (y + 1) * stride + 1 - y * width]!;
  }
  return { width, height, data: out };
}
