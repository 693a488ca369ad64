import { connectedComponents, type Mask, regionProperties } from '@cellmixer/pixels';
import type { Background } from '../foreground/measure-background.ts';

/** Typical diameter of a cell in native pixels, or null where there is none: provisional, by area of clumps. */
export function estimateCellDiameter(_background: Background, mask: Mask): number | null {
  const regions = regionProperties(connectedComponents(mask).labels);
  const areas = regions.map((region) => region.area).sort((a, b) => a - b);
  const middle = areas[areas.length >> 1];
  return middle === undefined ? null : Math.sqrt((4 * middle) / Math.PI);
}
