import type { Random } from '@cellmixer/pixels';
import type { Clumps } from './clumps.ts';

/** Width of the soft cut, px. */
const FADE = 3;
/** Seeds nearer than this to the anchor, in diameters, belong to the same cell or cannot be cut apart cleanly. */
const NEAREST_RIVAL = 0.75;
/** Corners of the outline that bounds a part of an oversized clump. */
const CORNERS = 7;

/** A part of a clump: the Voronoi cell of one seed among others. */
export interface Part {
  /** The seed, in the picture. */
  readonly x: number;
  readonly y: number;
  /** No pixel of the part is farther than this from the seed in x or in y. */
  readonly reach: number;
  /** ≤ 0 outside, ≥ 1 inside, rising over {@link FADE} px across the cut; 0.5 on the cut. */
  inside(x: number, y: number): number;
  /** The columns of a row where `inside` is at least 0 (`least` 0) or 1 (`least` 1); a part is convex. */
  span(y: number, least: 0 | 1): readonly [number, number];
}

/**
 * Draws the part around one of the clump's likely cells. Its rivals are the other likely cells, a random share
 * of them, so that parts hold one to several cells.
 *
 * @param largest side that the part may have, or null for no bound
 */
export function cutPart(
  clumps: Clumps,
  clump: number,
  picture: { readonly width: number },
  cellDiameter: number,
  largest: number | null,
  random: Random,
): Part {
  const from = clumps.seedStart[clump]!;
  const count = clumps.seedStart[clump + 1]! - from;
  const anchor = clumps.seeds[from + random.integer(count)]!;
  const x = anchor % picture.width;
  const y = (anchor - x) / picture.width;
  const bound = largest === null ? Number.POSITIVE_INFINITY : largest / 2;
  // The distance at which the farthest rivals stand: twice the part's radius.
  const radius = Math.min(bound * 0.8, cellDiameter * random.uniform(0.7, 1.6));
  const keep = random.pick([1, 0.6, 0.3]);
  const rivals: [number, number][] = [];
  for (let i = 0; i < count; i++) {
    const seed = clumps.seeds[from + i]!;
    const dx = (seed % picture.width) - x;
    const dy = Math.floor(seed / picture.width) - y;
    const distance = Math.hypot(dx, dy);
    if (distance < NEAREST_RIVAL * cellDiameter || distance > 2 * bound || random.next() >= keep) continue;
    rivals.push([dx, dy]);
  }
  if (largest !== null) {
    const turn = random.uniform(0, 2 * Math.PI);
    for (let k = 0; k < CORNERS; k++) {
      const angle = turn + ((k + random.uniform(-0.25, 0.25)) / CORNERS) * 2 * Math.PI;
      const distance = 2 * radius * random.uniform(0.8, 1);
      rivals.push([distance * Math.cos(angle), distance * Math.sin(angle)]);
    }
  }
  const reach = largest === null ? Number.POSITIVE_INFINITY : Math.min(bound, radius * 1.5 + FADE);
  return { x, y, reach, ...outline(x, y, rivals) };
}

/** Bounded by the bisectors between the seed and its rivals. */
function outline(
  x0: number,
  y0: number,
  rivals: readonly (readonly [number, number])[],
): Pick<Part, 'inside' | 'span'> {
  // Each bisector as its normal and its distance from the seed.
  const lines = new Float64Array(rivals.length * 3);
  rivals.forEach(([dx, dy], i) => {
    const length = Math.hypot(dx, dy);
    lines.set([dx / length, dy / length, length / 2], 3 * i);
  });
  return {
    inside(x, y) {
      let least = FADE;
      for (let i = 0; i < lines.length; i += 3) {
        const margin = lines[i + 2]! - (x - x0) * lines[i]! - (y - y0) * lines[i + 1]!;
        if (margin < least) least = margin;
      }
      return least / FADE + 0.5;
    },
    span(y, least) {
      const margin = (least - 0.5) * FADE;
      let from = Number.NEGATIVE_INFINITY;
      let to = Number.POSITIVE_INFINITY;
      for (let i = 0; i < lines.length; i += 3) {
        const normal = lines[i]!;
        const room = lines[i + 2]! - margin - (y - y0) * lines[i + 1]!;
        if (normal > 1e-9) to = Math.min(to, x0 + room / normal);
        else if (normal < -1e-9) from = Math.max(from, x0 + room / normal);
        else if (room < 0) to = Number.NEGATIVE_INFINITY;
      }
      return [from, to];
    },
  };
}
