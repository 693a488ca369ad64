import { requireAtLeast, requireGrid } from './checks.ts';
import type { Connectivity } from './components.ts';
import type { LabelMap, Mask } from './raster.ts';
import { paint, runsOf } from './runs.ts';

/**
 * Fills holes of at most `maxArea` pixels (all by default). A hole is a part of the background, joined over
 * edges alone, that does not touch the border of the picture.
 */
export function fillHoles(mask: Mask, maxArea = Number.POSITIVE_INFINITY): Mask {
  requireGrid('mask', mask);
  if (!(maxArea >= 0)) throw new RangeError(`maxArea is ${maxArea}; it must be a number from 0`);
  const { width, height } = mask;
  const { count, starts, ends, parts, partCount } = runsOf(mask, false, 4);
  const areas = new Int32Array(partCount + 1);
  const open = new Uint8Array(partCount + 1);
  for (let run = 0; run < count; run++) {
    const part = parts[run]!;
    const start = starts[run]!;
    const end = ends[run]!;
    areas[part] = areas[part]! + end - start;
    if (start < width || end > (height - 1) * width || start % width === 0 || end % width === 0)
      open[part] = 1;
  }
  const out = new Uint8Array(width * height).fill(1);
  for (let run = 0; run < count; run++) {
    const part = parts[run]!;
    if (open[part] === 1 || areas[part]! > maxArea) paint(out, starts[run]!, ends[run]!, 0);
  }
  return { width, height, data: out };
}

/** Removes connected parts of fewer than `minArea` pixels. */
export function removeSmallObjects(mask: Mask, minArea: number, connectivity: Connectivity = 8): Mask {
  requireGrid('mask', mask);
  requireAtLeast('minArea', minArea, 0);
  const { width, height } = mask;
  const { count, starts, ends, parts, partCount } = runsOf(mask, true, connectivity);
  const areas = new Int32Array(partCount + 1);
  for (let run = 0; run < count; run++) areas[parts[run]!]! += ends[run]! - starts[run]!;
  const out = new Uint8Array(width * height);
  for (let run = 0; run < count; run++) {
    if (areas[parts[run]!]! >= minArea) paint(out, starts[run]!, ends[run]!, 1);
  }
  return { width, height, data: out };
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
