import { describe, expect, it } from 'vitest';
import { modeThreshold } from './mode-threshold.ts';
import { createRandom } from './random.ts';

describe('modeThreshold', () => {
  it('finds mean and σ of a normal background under a third of bright foreground', () => {
    const random = createRandom('background');
    const values = Float32Array.from({ length: 60_000 }, (_, i) =>
      i % 3 === 0 ? 14 + 3 * Math.abs(random.normal()) : 10 + 0.5 * random.normal(),
    );
    const { mode, leftSpread, threshold } = modeThreshold(values, 3);
    expect(Math.abs(mode - 10)).toBeLessThan(0.1);
    expect(Math.abs(leftSpread / 0.5 - 1)).toBeLessThan(0.15);
    expect(threshold).toBeCloseTo(mode + 3 * leftSpread, 12);
  });
  it('is not moved by a few wild values', () => {
    const random = createRandom('wild');
    const values = Float32Array.from({ length: 20_000 }, (_, i) => (i % 4000 === 0 ? 1e6 : random.normal()));
    expect(Math.abs(modeThreshold(values, 2).mode)).toBeLessThan(0.25);
  });
  it('has no spread where all values are equal', () => {
    expect(modeThreshold(new Float32Array(9).fill(4), 3)).toEqual({ mode: 4, leftSpread: 0, threshold: 4 });
  });
});
