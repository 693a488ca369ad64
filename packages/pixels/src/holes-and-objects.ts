import { requireAtLeast, requireGrid } from './checks.ts';
import { type Connectivity, connectedComponents } from './components.ts';
import type { LabelMap, Mask } from './raster.ts';

/**
 * Fills holes of at most `maxArea` pixels (all by default). A hole is a part of the background, joined over
 * edges alone, that does not touch the border of the picture.
 */
export function fillHoles(mask: Mask, maxArea = Number.POSITIVE_INFINITY): Mask {
  requireGrid('mask', mask);
  if (!(maxArea >= 0)) throw new RangeError(`maxArea is ${maxArea}; it must be a number from 0`);
  const { width, height, data } = mask;
  const background = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) background[i] = data[i] === 0 ? 1 : 0;
  const { labels, count } = connectedComponents({ width, height, data: background }, 4);
  const areas = areasOf(labels, count);
  forEachBorderLabel(labels, (label) => {
    areas[label] = Number.POSITIVE_INFINITY;
  });
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = labels.data[i]!;
    out[i] = label === 0 ? 1 : areas[label]! <= maxArea && areas[label]! < Number.POSITIVE_INFINITY ? 1 : 0;
  }
  return { width, height, data: out };
}

/** Removes connected parts of fewer than `minArea` pixels. */
export function removeSmallObjects(mask: Mask, minArea: number, connectivity: Connectivity = 8): Mask {
  requireAtLeast('minArea', minArea, 0);
  const { labels, count } = connectedComponents(mask, connectivity);
  const areas = areasOf(labels, count);
  const out = new Uint8Array(mask.data.length);
  for (let i = 0; i < out.length; i++) {
    const label = labels.data[i]!;
    out[i] = label !== 0 && areas[label]! >= minArea ? 1 : 0;
  }
  return { width: mask.width, height: mask.height, data: out };
}

/** Removes labels that touch the border of the picture; the others keep their numbers. */
export function clearBorder(labels: LabelMap): LabelMap {
  requireGrid('labels', labels);
  const touching = new Set<number>();
  forEachBorderLabel(labels, (label) => touching.add(label));
  const out = new Int32Array(labels.data.length);
  for (let i = 0; i < out.length; i++) {
    const label = labels.data[i]!;
    if (label !== 0 && !touching.has(label)) out[i] = label;
  }
  return { width: labels.width, height: labels.height, data: out };
}

function areasOf(labels: LabelMap, count: number): Float64Array {
  const areas = new Float64Array(count + 1);
  for (let i = 0; i < labels.data.length; i++) areas[labels.data[i]!]!++;
  return areas;
}

function forEachBorderLabel(labels: LabelMap, visit: (label: number) => void): void {
  const { width, height, data } = labels;
  for (let x = 0; x < width; x++) {
    visit(data[x]!);
    visit(data[(height - 1) * width + x]!);
  }
  for (let y = 0; y < height; y++) {
    visit(data[y * width]!);
    visit(data[(y + 1) * width - 1]!);
  }
}
