import { distanceTransform, type Trimap } from '@cellmixer/pixels';
import { sharedInts } from './shared-arrays.ts';

/** Least distance of two seeds, as a share of the typical diameter. */
const SEPARATION = 0.45;

/**
 * Likely centres of cells: peaks of the distance to the outside of sure cell, the deepest first, never nearer
 * than {@link SEPARATION} of a diameter. Every kept clump has at least one.
 */
export function splitSeeds(
  trimap: Trimap,
  labels: Int32Array,
  keptLabels: Uint16Array,
  cellDiameter: number,
): { seeds: Int32Array; start: Int32Array } {
  const { width, height } = trimap;
  const size = width * height;
  const sure = new Uint8Array(size);
  for (let i = 0; i < size; i++) sure[i] = trimap.data[i] === 1 ? 1 : 0;
  const depth = distanceTransform({ width, height, data: sure }).data;
  const numberOf = new Map<number, number>();
  keptLabels.forEach((label, i) => {
    numberOf.set(label, i);
  });
  const peaks = localPeaks(depth, width, height).sort((a, b) => depth[b]! - depth[a]! || a - b);
  const lists: number[][] = Array.from(keptLabels, () => []);
  const blocked = new Uint8Array(size);
  const radius = Math.max(2, SEPARATION * cellDiameter);
  for (const peak of peaks) {
    const clump = numberOf.get(labels[peak]!);
    if (clump === undefined || blocked[peak] === 1) continue;
    lists[clump]!.push(peak);
    block(blocked, width, height, peak, radius);
  }
  for (let i = 0; i < size; i++) {
    const clump = sure[i] === 1 ? numberOf.get(labels[i]!) : undefined;
    if (clump !== undefined && lists[clump]!.length === 0) lists[clump]!.push(i);
  }
  const start = sharedInts(keptLabels.length + 1);
  const seeds = sharedInts(lists.reduce((sum, list) => sum + list.length, 0));
  lists.forEach((list, i) => {
    seeds.set(list, start[i]!);
    start[i + 1] = start[i]! + list.length;
  });
  return { seeds, start };
}

function localPeaks(depth: Float32Array, width: number, height: number): number[] {
  const peaks: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const d = depth[i]!;
      if (d < 2 || d === Number.POSITIVE_INFINITY) continue;
      if (d < depth[i - 1]! || d < depth[i + 1]! || d < depth[i - width]! || d < depth[i + width]!) continue;
      if (d < depth[i - width - 1]! || d < depth[i - width + 1]!) continue;
      if (d < depth[i + width - 1]! || d < depth[i + width + 1]!) continue;
      peaks.push(i);
    }
  }
  return peaks;
}

function block(blocked: Uint8Array, width: number, height: number, peak: number, radius: number): void {
  const px = peak % width;
  const py = (peak - px) / width;
  const r = Math.ceil(radius);
  for (let y = Math.max(0, py - r); y <= Math.min(height - 1, py + r); y++) {
    for (let x = Math.max(0, px - r); x <= Math.min(width - 1, px + r); x++) {
      if ((x - px) ** 2 + (y - py) ** 2 <= radius * radius) blocked[y * width + x] = 1;
    }
  }
}
