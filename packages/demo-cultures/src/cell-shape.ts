import type { Random } from '@cellmixer/pixels';
import { CELL_AREA, type DemoLine } from './demo-line.ts';

/** An outline around (0, 0) in the cell's own axes, px. */
export interface CellShape {
  /** Nothing of the cell lies farther from its centre than this. */
  readonly reach: number;
  contains(u: number, v: number): boolean;
}

/**
 * A new cell of a line. Areas follow one distribution for all lines: {@link CELL_AREA} ± 18 %. `typical` from 0 to 1:
 * how far the outline goes from the roundish one that young cells of every line share to the line's own.
 */
export function createCellShape(line: DemoLine, typical: number, random: Random): CellShape {
  const area = CELL_AREA * Math.exp(0.18 * Math.max(-2, Math.min(2, random.normal())));
  switch (line) {
    case 'cobble':
      return radialShape(area, cobbleRadius(random));
    case 'spindle':
      return spindleShape(area, typical, random);
    case 'star':
      return radialShape(area, starRadius(typical, random));
  }
}

/** Almost a disk: slightly stretched, with a few shallow corners. */
function cobbleRadius(random: Random): (angle: number) => number {
  const stretch = random.uniform(0, 0.12);
  const corners = [3, 4, 5, 6].map((order) => ({
    order,
    height: random.uniform(0, 0.14) / order,
    phase: random.uniform(0, 2 * Math.PI),
  }));
  return (angle) =>
    corners.reduce(
      (sum, corner) => sum + corner.height * Math.cos(corner.order * angle + corner.phase),
      1 + stretch * Math.cos(2 * angle),
    );
}

/** A small body with three to five arms of different lengths. */
function starRadius(typical: number, random: Random): (angle: number) => number {
  const count = 3 + random.integer(3);
  const turn = random.uniform(0, 2 * Math.PI);
  const arms = Array.from({ length: count }, (_, i) => ({
    angle: turn + ((i + random.uniform(-0.28, 0.28)) * 2 * Math.PI) / count,
    length: typical * random.uniform(0.7, 1.9),
    narrowness: random.uniform(7, 16),
  }));
  return (angle) =>
    arms.reduce(
      (sum, arm) => sum + arm.length * Math.exp(arm.narrowness * (Math.cos(angle - arm.angle) - 1)),
      0.62,
    );
}

const DIRECTIONS = 256;

function radialShape(area: number, radiusAt: (angle: number) => number): CellShape {
  const squared = new Float64Array(DIRECTIONS);
  let sum = 0;
  for (let i = 0; i < DIRECTIONS; i++) {
    squared[i] = radiusAt((i * 2 * Math.PI) / DIRECTIONS) ** 2;
    sum += squared[i]!;
  }
  // The area inside r(θ) is ½ ∮ r² dθ.
  const factor = area / ((Math.PI / DIRECTIONS) * sum);
  let largest = 0;
  for (let i = 0; i < DIRECTIONS; i++) {
    squared[i] = squared[i]! * factor;
    largest = Math.max(largest, squared[i]!);
  }
  const perRadian = DIRECTIONS / (2 * Math.PI);
  return {
    reach: Math.sqrt(largest),
    contains: (u, v) => {
      const direction = Math.floor(Math.atan2(v, u) * perRadian + DIRECTIONS) % DIRECTIONS;
      return u * u + v * v <= squared[direction]!;
    },
  };
}

/** Half-width b · (1 − (u/a)²) around a bent axis; the area is 8/3 · a · b. */
function spindleShape(area: number, typical: number, random: Random): CellShape {
  const aspect = 1.5 + typical * random.uniform(1.9, 3.7);
  const halfWidth = Math.sqrt((3 * area) / (8 * aspect));
  const halfLength = aspect * halfWidth;
  const bend = random.uniform(-0.22, 0.22) / halfLength;
  return {
    reach: halfLength + halfWidth,
    contains: (u, v) => {
      const along = u / halfLength;
      const width = halfWidth * (1 - along * along);
      return width > 0 && Math.abs(v - bend * (u * u - (halfLength * halfLength) / 5)) <= width;
    },
  };
}
