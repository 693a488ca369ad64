import { connectedComponents, distanceTransform, nearestLabel, type Trimap } from '@cellmixer/pixels';
import { sharedBytes, sharedInts, sharedShorts } from './shared-arrays.ts';
import { splitSeeds } from './split-seeds.ts';

/** Numbers kept of a clump in {@link Clumps.boxes}: x0, y0, x1, y1 (exclusive), area of cell and ring. */
export const BOX = 5;

/** Share of the halo that is taken whole before the border begins to fade. */
const FULL_HALO = 0.3;
/** Width of the fade where a clump is cut by its picture's edge or by a neighbour's halo, px. */
const CUT_FADE = 3;

/** The clumps of one picture: connected parts of sure cell and undecided ring, each with a soft border. */
export interface Clumps {
  /** Clumps that hold sure cell; number i has label `labels[i]` in `owner`. */
  readonly count: number;
  readonly labels: Uint16Array;
  /** {@link BOX} numbers a clump, without the halo. */
  readonly boxes: Int32Array;
  /** Label of the clump that each pixel belongs to, halo included; 0 far from all. */
  readonly owner: Uint16Array;
  /** 255 in the cells and next to them, falling to 0 at the end of the halo. */
  readonly alpha: Uint8Array;
  /** Pixel numbers of likely cell centres; those of clump i are `seedStart[i]` … `seedStart[i + 1] − 1`. */
  readonly seeds: Int32Array;
  readonly seedStart: Int32Array;
}

/**
 * @param halo width of the soft border, working px
 * @param cellDiameter of a typical cell, working px
 * @param minArea clumps below this (px², cell and ring) are no donors
 */
export function findClumps(trimap: Trimap, halo: number, cellDiameter: number, minArea: number): Clumps {
  const { width, height } = trimap;
  const size = width * height;
  const cells = new Uint8Array(size);
  const outside = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const cell = trimap.data[i] === 0 ? 0 : 1;
    cells[i] = cell;
    outside[i] = 1 - cell;
  }
  const { labels, count } = connectedComponents({ width, height, data: cells });
  const kept = measure(trimap, labels.data, count, minArea);
  const distance = distanceTransform({ width, height, data: outside }).data;
  const nearest = nearestLabel(labels).data;
  const owner = sharedShorts(size);
  for (let i = 0; i < size; i++) {
    const label = nearest[i]!;
    if (label > 0 && label <= 0xffff && distance[i]! < halo) owner[i] = label;
  }
  const alpha = softBorder(width, height, distance, nearest, halo);
  const { seeds, start } = splitSeeds(trimap, labels.data, kept.labels, cellDiameter);
  return { ...kept, owner, alpha, seeds, seedStart: start };
}

function measure(trimap: Trimap, labels: Int32Array, count: number, minArea: number) {
  const { width, height, data } = trimap;
  const boxes = new Int32Array((count + 1) * BOX);
  const sure = new Uint8Array(count + 1);
  for (let label = 1; label <= count; label++) {
    boxes[label * BOX] = width;
    boxes[label * BOX + 1] = height;
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const label = labels[i]!;
      if (label === 0) continue;
      const b = label * BOX;
      if (x < boxes[b]!) boxes[b] = x;
      if (y < boxes[b + 1]!) boxes[b + 1] = y;
      if (x >= boxes[b + 2]!) boxes[b + 2] = x + 1;
      if (y >= boxes[b + 3]!) boxes[b + 3] = y + 1;
      boxes[b + 4]! += 1;
      if (data[i] === 1) sure[label] = 1;
    }
  }
  const list: number[] = [];
  // Labels beyond 16 bits own no pixels; so many clumps in one picture are noise anyway.
  for (let label = 1; label <= Math.min(count, 0xffff); label++) {
    if (sure[label] === 1 && boxes[label * BOX + 4]! >= minArea) list.push(label);
  }
  const keptBoxes = sharedInts(list.length * BOX);
  const keptLabels = sharedShorts(list.length);
  list.forEach((label, i) => {
    keptLabels[i] = label;
    keptBoxes.set(boxes.subarray(label * BOX, (label + 1) * BOX), i * BOX);
  });
  return { count: list.length, labels: keptLabels, boxes: keptBoxes };
}

function softBorder(
  width: number,
  height: number,
  distance: Float32Array,
  nearest: Int32Array,
  halo: number,
): Uint8Array {
  const size = width * height;
  // Where two clumps' halos meet, both fade, so that no half of a neighbour's halo travels along.
  const inner = new Uint8Array(size).fill(1);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (distance[i] === 0) continue;
      const own = nearest[i];
      if (
        (x + 1 < width && nearest[i + 1] !== own) ||
        (y + 1 < height && nearest[i + width] !== own) ||
        (x > 0 && nearest[i - 1] !== own) ||
        (y > 0 && nearest[i - width] !== own)
      ) {
        inner[i] = 0;
      }
    }
  }
  const fromNeighbour = distanceTransform({ width, height, data: inner }).data;
  const alpha = sharedBytes(size);
  for (let y = 0, i = 0; y < height; y++) {
    const fromTop = Math.min(y, height - 1 - y);
    for (let x = 0; x < width; x++, i++) {
      const d = distance[i]!;
      if (d >= halo) continue;
      const fromEdge = Math.min(fromTop, x, width - 1 - x) + 0.5;
      let a = smooth(fromEdge / CUT_FADE);
      if (d > 0) {
        a *= smooth((halo - d) / (halo * (1 - FULL_HALO)));
        a *= smooth((fromNeighbour[i]! + 0.5) / CUT_FADE);
      }
      alpha[i] = Math.round(255 * a);
    }
  }
  return alpha;
}

/** Smoothstep: 0 below 0, 1 above 1. */
export function smooth(t: number): number {
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}
