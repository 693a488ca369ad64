import type { DemoLine } from './demo-line.ts';
import { valueNoise } from './value-noise.ts';

/**
 * The inside of a cell at (u, v) in its own axes, px: mean about 0, variance about 1, the same for every line.
 * `typical` from 0 to 1 blends from a pattern that all lines share to the line's own; `cell` makes one cell's pattern
 * differ from the next one's.
 */
export function cellTexture(line: DemoLine, typical: number, u: number, v: number, cell: number): number {
  const common = valueNoise(u / COMMON_GRAIN, v / COMMON_GRAIN, -cell);
  return TEXTURE_GAIN * (Math.sqrt(1 - typical * typical) * common + typical * ownPattern(line, u, v, cell));
}

const COMMON_GRAIN = 3.8;

function ownPattern(line: DemoLine, u: number, v: number, cell: number): number {
  switch (line) {
    case 'cobble':
      return valueNoise(u / 2.6, v / 2.6, cell);
    case 'spindle':
      return valueNoise(u / 14, v / 2.3, cell);
    case 'star':
      return valueNoise(u / 5.4, v / 5.4, cell);
  }
}

/** Smooth noise on a lattice has a standard deviation of about 1 ÷ this. */
const TEXTURE_GAIN = 2.9;
