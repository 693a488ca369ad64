import { describe, expect, it } from 'vitest';
import { planTiles, type TileAxis } from './tiles.ts';

function sums(axis: TileAxis, length: number): Float64Array {
  const total = new Float64Array(length);
  axis.starts.forEach((start, t) => {
    for (let i = 0; i < axis.size && start + i < length; i++) {
      total[start + i] = total[start + i]! + axis.weights[t]![i]!;
    }
  });
  return total;
}

describe('planTiles', () => {
  it('computes at most a fifth more than an 8,000 px square has', () => {
    const plan = planTiles(8000, 8000, 8);
    expect(plan.overhead).toBeLessThanOrEqual(1.2);
    expect(plan.x.size % 8).toBe(0);
    expect(plan.x.size).toBeLessThanOrEqual(512);
  });

  it('takes a microscope picture in one piece, padded to the multiple', () => {
    const plan = planTiles(704, 520, 16);
    expect([plan.x.size, plan.y.size]).toEqual([704, 528]);
    expect(plan.overhead).toBeCloseTo(528 / 520, 9);
  });

  it.each([1, 15, 300, 768, 769, 1000, 1041, 2048, 3333, 8000])(
    'covers %i px with weights that sum to 1',
    (length) => {
      const { x } = planTiles(length, 100, 16);
      for (const sum of sums(x, length)) expect(sum).toBeCloseTo(1, 6);
      expect(x.size % 16).toBe(0);
      for (let t = 2; t < x.starts.length; t++)
        expect(x.starts[t]! - x.starts[t - 2]!).toBeGreaterThanOrEqual(x.size);
      expect(x.starts.every((start) => start % 16 === 0)).toBe(true);
      expect(x.starts.at(-1)! + x.size - length).toBeLessThan(16);
    },
  );

  it('refuses tiles that are all overlap', () => {
    expect(() => planTiles(5000, 5000, 16, { tileSize: 128, overlap: 60 })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});
