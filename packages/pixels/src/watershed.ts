import { requireFinite, requireGrid, requireSameSize } from './checks.ts';
import type { Connectivity } from './components.ts';
import { RankQueue } from './rank-queue.ts';
import type { LabelMap, Mask, Plane } from './raster.ts';

/**
 * Floods `heights` from the markers, lowest pixels first, inside the mask; among equal heights what was reached
 * first goes first. The same pixels in the same order as `skimage.segmentation.watershed` (which joins over
 * edges alone by default: `connectivity` 4). Markers outside the mask are dropped; parts of the mask without a
 * marker stay 0.
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
  const labels = new Int32Array(width * height);
  const queue = new RankQueue(heights.data, inside);
  for (let i = 0; i < labels.length; i++) {
    const label = markers.data[i]!;
    if (label !== 0 && inside[i] !== 0) {
      labels[i] = label;
      queue.push(i);
    }
  }
  const diagonal = connectivity === 8;
  for (let i = queue.pop(); i >= 0; i = queue.pop()) {
    const label = labels[i]!;
    const x = i % width;
    const up = i >= width;
    const down = i + width < labels.length;
    const left = x > 0;
    const right = x + 1 < width;
    if (up && labels[i - width] === 0 && inside[i - width] !== 0) {
      labels[i - width] = label;
      queue.push(i - width);
    }
    if (left && labels[i - 1] === 0 && inside[i - 1] !== 0) {
      labels[i - 1] = label;
      queue.push(i - 1);
    }
    if (right && labels[i + 1] === 0 && inside[i + 1] !== 0) {
      labels[i + 1] = label;
      queue.push(i + 1);
    }
    if (down && labels[i + width] === 0 && inside[i + width] !== 0) {
      labels[i + width] = label;
      queue.push(i + width);
    }
    if (!diagonal) continue;
    if (up && left && labels[i - width - 1] === 0 && inside[i - width - 1] !== 0) {
      labels[i - width - 1] = label;
      queue.push(i - width - 1);
    }
    if (up && right && labels[i - width + 1] === 0 && inside[i - width + 1] !== 0) {
      labels[i - width + 1] = label;
      queue.push(i - width + 1);
    }
    if (down && left && labels[i + width - 1] === 0 && inside[i + width - 1] !== 0) {
      labels[i + width - 1] = label;
      queue.push(i + width - 1);
    }
    if (down && right && labels[i + width + 1] === 0 && inside[i + width + 1] !== 0) {
      labels[i + width + 1] = label;
      queue.push(i + width + 1);
    }
  }
  return { width, height, data: labels };
}
