import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { findBackgroundMode } from './background-mode.ts';

function population(parts: readonly (readonly [count: number, mean: number, sigma: number])[]): Float32Array {
  const random = createRandom(1);
  const values = parts.flatMap(([count, mean, sigma]) =>
    Array.from({ length: count }, () => mean + sigma * random.normal()),
  );
  return Float32Array.from(values).sort();
}

describe('findBackgroundMode', () => {
  it('finds the mode and the spread of noise', () => {
    const { mode, spread } = findBackgroundMode(population([[20_000, -4.6, 0.15]]));
    expect(mode).toBeCloseTo(-4.6, 1);
    expect(spread).toBeGreaterThan(0.13);
    expect(spread).toBeLessThan(0.17);
  });

  it('stays with the background where cells make the higher peak', () => {
    const { mode } = findBackgroundMode(
      population([
        [6000, -4.6, 0.15],
        [30_000, -1.5, 0.3],
      ]),
    );
    expect(mode).toBeCloseTo(-4.6, 1);
  });

  it('does not take a handful of dark pixels for a background', () => {
    const { mode } = findBackgroundMode(
      population([
        [200, -8, 0.3],
        [20_000, -4.6, 0.15],
      ]),
    );
    expect(mode).toBeCloseTo(-4.6, 1);
  });

  it('does not take a bump on the flank of few values for a mode', () => {
    const random = createRandom(5);
    for (let trial = 0; trial < 50; trial++) {
      const values = Float32Array.from({ length: 9000 }, () => 0.13 * random.normal()).sort();
      expect(Math.abs(findBackgroundMode(values).mode)).toBeLessThan(0.06);
    }
  });

  it('gives no spread to equal values', () => {
    expect(findBackgroundMode(new Float32Array(9).fill(3))).toEqual({ mode: 3, spread: 0 });
  });
});
