import type { Random } from '@cellmixer/pixels';
import { type Scene, UNDECIDED } from './scene.ts';

/** Half the width of the ignored seam, and of the blend across it, working px. */
const SEAM = 2.5;
const BLEND = 1.5;

/** Cuts the scene by straight lines into the Voronoi cells of random points. */
export interface Cells {
  readonly points: Float64Array;
}

export function drawCells(size: number, count: number, random: Random): Cells {
  const points = new Float64Array(2 * count);
  const apart = (size * 0.5) / Math.sqrt(count);
  for (let i = 0; i < count; i++) {
    // Points that nearly coincide would leave a line without room; a few tries are enough.
    for (let attempt = 0; attempt < 20; attempt++) {
      const x = random.uniform(0.1, 0.9) * size;
      const y = random.uniform(0.1, 0.9) * size;
      points[2 * i] = x;
      points[2 * i + 1] = y;
      let clear = true;
      for (let k = 0; k < i; k++) clear &&= Math.hypot(points[2 * k]! - x, points[2 * k + 1]! - y) >= apart;
      if (clear) break;
    }
  }
  return { points };
}

/** Copies `source` into the scene where cell number `own` lies; the seam is blended and ignored. */
export function juxtapose(scene: Scene, source: Scene, cells: Cells, own: number): void {
  const { size, channels } = scene;
  const { points } = cells;
  const area = size * size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const margin = marginOf(points, own, x, y);
      if (margin < -SEAM) continue;
      const i = y * size + x;
      if (margin > SEAM) {
        scene.labels[i] = source.labels[i]!;
        scene.weight[i] = source.weight[i]!;
      } else {
        scene.labels[i] = UNDECIDED;
        scene.weight[i] = 0;
      }
      // Both sides of a bisector get shares that add up to 1, so cells may be added up in any order.
      const share = Math.max(0, Math.min(1, 0.5 + margin / (2 * BLEND)));
      for (let c = 0; c < channels; c++) scene.image[c * area + i]! += share * source.image[c * area + i]!;
    }
  }
}

/** Distance to the nearest bisector with a rival: positive inside the own cell. */
function marginOf(points: Float64Array, own: number, x: number, y: number): number {
  const ox = points[2 * own]!;
  const oy = points[2 * own + 1]!;
  const d = (x - ox) ** 2 + (y - oy) ** 2;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < points.length / 2; k++) {
    if (k === own) continue;
    const kx = points[2 * k]!;
    const ky = points[2 * k + 1]!;
    const margin = ((x - kx) ** 2 + (y - ky) ** 2 - d) / (2 * Math.hypot(kx - ox, ky - oy));
    if (margin < least) least = margin;
  }
  return least;
}
