import { requireGrid } from './checks.ts';
import type { LabelMap } from './raster.ts';

/** Size and place of one label, in pixels. */
export interface Region {
  readonly label: number;
  readonly area: number;
  /** Bounding box; x1 and y1 are one past the last pixel. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly centroidX: number;
  readonly centroidY: number;
}

/** The regions of all labels above 0 that occur, in ascending order of label. */
export function regionProperties(labels: LabelMap): Region[] {
  requireGrid('labels', labels);
  const { width, height, data } = labels;
  const slots = slotsOf(data);
  const n = slots.count;
  const area = new Int32Array(n);
  const x0 = new Int32Array(n).fill(width);
  const y0 = new Int32Array(n).fill(height);
  const x1 = new Int32Array(n);
  const y1 = new Int32Array(n);
  const sumX = new Float64Array(n);
  const sumY = new Float64Array(n);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    for (let x = 0; x < width; ) {
      const label = data[o + x]!;
      if (label <= 0) {
        x++;
        continue;
      }
      const start = x;
      while (x < width && data[o + x] === label) x++;
      const slot = slots.of(label);
      const length = x - start;
      area[slot]! += length;
      sumX[slot]! += ((start + x - 1) / 2) * length;
      sumY[slot]! += y * length;
      if (start < x0[slot]!) x0[slot] = start;
      if (x > x1[slot]!) x1[slot] = x;
      if (y < y0[slot]!) y0[slot] = y;
      y1[slot] = y + 1;
    }
  }
  const regions: Region[] = [];
  for (let slot = 0; slot < n; slot++) {
    if (area[slot] === 0) continue;
    regions.push({
      label: slots.label(slot),
      area: area[slot]!,
      x0: x0[slot]!,
      y0: y0[slot]!,
      x1: x1[slot]!,
      y1: y1[slot]!,
      centroidX: sumX[slot]! / area[slot]!,
      centroidY: sumY[slot]! / area[slot]!,
    });
  }
  return regions;
}

interface Slots {
  readonly count: number;
  of(label: number): number;
  label(slot: number): number;
}

/** Labels up to twice the number of pixels are their own slots; wilder ones (global ids) go through a map. */
function slotsOf(data: Int32Array): Slots {
  let max = 0;
  for (let i = 0; i < data.length; i++) if (data[i]! > max) max = data[i]!;
  if (max <= 2 * data.length) {
    return { count: max + 1, of: (label) => label, label: (slot) => slot };
  }
  const occurring = new Set<number>();
  for (let i = 0; i < data.length; i++) if (data[i]! > 0) occurring.add(data[i]!);
  const sorted = [...occurring].sort((a, b) => a - b);
  const slots = new Map(sorted.map((label, slot) => [label, slot]));
  return { count: sorted.length, of: (label) => slots.get(label)!, label: (slot) => sorted[slot]! };
}
