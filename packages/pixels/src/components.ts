import { requireGrid } from './checks.ts';
import type { LabelMap, Mask } from './raster.ts';
import { paint, runsOf } from './runs.ts';

/** Parts are joined over edges alone (4) or over corners as well (8). */
export type Connectivity = 4 | 8;

/**
 * Numbers the connected parts of a mask 1…count in the order of their first pixels, row by row (as
 * `scipy.ndimage.label`).
 */
export function connectedComponents(
  mask: Mask,
  connectivity: Connectivity = 8,
): { labels: LabelMap; count: number } {
  requireGrid('mask', mask);
  const { width, height } = mask;
  const { count, starts, ends, parts, partCount } = runsOf(mask, true, connectivity);
  const data = new Int32Array(width * height);
  for (let run = 0; run < count; run++) paint(data, starts[run]!, ends[run]!, parts[run]!);
  return { labels: { width, height, data }, count: partCount };
}
