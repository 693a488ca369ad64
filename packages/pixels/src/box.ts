import { borderIndex } from './borders.ts';
import { requireFinite, requireGrid, requireWhole } from './checks.ts';
import type { Plane } from './raster.ts';

/**
 * Mean over the square of side 2 · radius + 1 around each pixel, edges reflected; equals
 * `scipy.ndimage.uniform_filter(size=2 * radius + 1)` but for rounding. The time does not depend on the radius.
 * @throws RangeError where the radius is not a whole number from 0 or a value is not finite.
 */
export function boxMean(plane: Plane, radius: number): Plane {
  requireGrid('plane', plane);
  requireFinite('plane', plane.data);
  requireWhole('radius', radius, 0);
  const { width, height, data } = plane;
  const out = new Float32Array(width * height);
  const columns = new Float64Array(width);
  const norm = 1 / ((2 * radius + 1) * (2 * radius + 1));
  for (let k = -radius; k <= radius; k++) {
    const o = borderIndex(k, height, 'reflect') * width;
    for (let x = 0; x < width; x++) columns[x] = columns[x]! + data[o + x]!;
  }
  for (let y = 0; y < height; y++) {
    const o = y * width;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += columns[borderIndex(k, width, 'reflect')]!;
    for (let x = 0; x < width; x++) {
      out[o + x] = sum * norm;
      const leaving = x - radius;
      const coming = x + radius + 1;
      if (leaving >= 0 && coming < width) sum += columns[coming]! - columns[leaving]!;
      else {
        sum +=
          columns[borderIndex(coming, width, 'reflect')]! - columns[borderIndex(leaving, width, 'reflect')]!;
      }
    }
    const leaving = borderIndex(y - radius, height, 'reflect') * width;
    const coming = borderIndex(y + radius + 1, height, 'reflect') * width;
    for (let x = 0; x < width; x++) columns[x] = columns[x]! + (data[coming + x]! - data[leaving + x]!);
  }
  return { width, height, data: out };
}
