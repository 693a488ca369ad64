import { requireFinite, requireGrid, requireSameSize } from './checks.ts';
import type { Connectivity } from './components.ts';
import { denseRanks } from './ranks.ts';
import type { LabelMap, Mask, Plane } from './raster.ts';

/**
 * Floods `heights` from the markers inside the mask, lowest level first; on one level, what was reached first
 * goes first, and markers row by row (Meyer's flooding, as `skimage.segmentation.watershed`, which joins over
 * edges alone by default: `connectivity` 4). Markers outside the mask, and below 0, are dropped; parts of the mask without a
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

  // A frame of one pixel spares the question for the picture's edge. Above 0: a label; below 0: −1 − the level of
  // a pixel yet to be flooded; 0: never to be flooded.
  const stride = width + 2;
  const state = new Int32Array(stride * (height + 2));
  const next = new Int32Array(state.length);
  // First and last pixel of each level's queue, side by side.
  const queues = new Int32Array(2 * count).fill(-1);
  for (let y = 0, m = 0; y < height; y++) {
    const end = (y + 1) * width;
    const shift = (y + 1) * stride + 1 - y * width;
    for (; m < members && at[m]! < end; m++) {
      const i = at[m]!;
      const to = i + shift;
      const rank = ranks[m]!;
      const label = markers.data[i]!;
      if (label > 0) {
        state[to] = label;
        append(queues, next, rank, to);
      } else {
        state[to] = -1 - rank;
      }
    }
  }

  const neighbours = Int32Array.of(-stride, -1, 1, stride, -stride - 1, -stride + 1, stride - 1, stride + 1);
  const many = connectivity === 8 ? 8 : 4;
  for (let rank = 0; rank < count; rank++) {
    // The queue of this level grows while it is worked off: lower neighbours join it, too.
    for (let i = queues[2 * rank]!; i !== -1; i = next[i]!) {
      const label = state[i]!;
      for (let k = 0; k < many; k++) {
        const j = i + neighbours[k]!;
        const level = -1 - state[j]!;
        if (level < 0) continue;
        state[j] = label;
        append(queues, next, level > rank ? level : rank, j);
      }
    }
  }

  const out = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) {
      const label = state[from + x]!;
      if (label > 0) out[y * width + x] = label;
    }
  }
  return { width, height, data: out };
}

function append(queues: Int32Array, next: Int32Array, rank: number, pixel: number): void {
  const last = queues[2 * rank + 1]!;
  if (last === -1) queues[2 * rank] = pixel;
  else next[last] = pixel;
  queues[2 * rank + 1] = pixel;
  next[pixel] = -1;
}
