import type { Random } from '@cellmixer/pixels';
import { type Scene, UNDECIDED } from './scene.ts';

/** Half the width of the ignored seam, and of the blend across it, working px. */
const SEAM = 2.5;
const BLEND = 1.5;

/** The scene cut by straight lines into the Voronoi cells of random points. */
export interface Cells {
  readonly count: number;
  /** Number of each pixel's cell, and of the cell on the other side of its nearest cut. */
  readonly own: Uint8Array;
  readonly rival: Uint8Array;
  /** Distance to that cut, px. */
  readonly margin: Float32Array;
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
  return cut(size, points, count);
}

function cut(size: number, points: Float64Array, count: number): Cells {
  const area = size * size;
  const own = new Uint8Array(area);
  const rival = new Uint8Array(area);
  const margin = new Float32Array(area);
  const halves = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const apart = Math.hypot(points[2 * a]! - points[2 * b]!, points[2 * a + 1]! - points[2 * b + 1]!);
      halves[a * count + b] = 0.5 / apart;
    }
  }
  const squared = new Float64Array(count);
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      let nearest = 0;
      for (let k = 0; k < count; k++) {
        const dx = x - points[2 * k]!;
        const dy = y - points[2 * k + 1]!;
        squared[k] = dx * dx + dy * dy;
        if (squared[k]! < squared[nearest]!) nearest = k;
      }
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < count; k++) {
        if (k === nearest) continue;
        const distance = (squared[k]! - squared[nearest]!) * halves[nearest * count + k]!;
        if (distance >= least) continue;
        least = distance;
        rival[i] = k;
      }
      own[i] = nearest;
      margin[i] = least;
    }
  }
  return { count, own, rival, margin };
}

/** Adds what `source` gives to cell number `cell` of a scene that began empty; the seam is blended and ignored. */
export function juxtapose(scene: Scene, source: Scene, cells: Cells, cell: number): void {
  const { channels, labels, weight, image } = scene;
  const area = labels.length;
  for (let i = 0; i < area; i++) {
    const margin = cells.margin[i]!;
    let share = 1;
    if (margin < BLEND) {
      if (cells.own[i] === cell) share = 0.5 + margin / (2 * BLEND);
      else if (cells.rival[i] === cell) share = 0.5 - margin / (2 * BLEND);
      else continue;
    } else if (cells.own[i] !== cell) continue;
    const seam = margin < SEAM;
    labels[i] = seam ? UNDECIDED : source.labels[i]!;
    weight[i] = seam ? 0 : source.weight[i]!;
    for (let c = 0; c < channels; c++) image[c * area + i]! += share * source.image[c * area + i]!;
  }
}
