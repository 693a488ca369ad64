import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { CellConfusion } from '../evaluation/cell-accuracy.ts';
import { adjustComposition } from './adjust-composition.ts';
import { limitOfBlank } from './limit-of-blank.ts';

/** Rows: true type; columns: missed, then called. */
function cells(...rows: number[][]): CellConfusion {
  return { types: rows.length, counts: Float64Array.from(rows.flat()) };
}

describe('adjustComposition', () => {
  // A is called A in 80 %; B in 60 %; of B a tenth is missed.
  const confusion = cells([0, 8000, 2000], [1000, 3000, 6000]);

  it('undoes a known confusion, missed cells included', () => {
    // 500 A and 500 B: found A 400 + 150, B 100 + 300.
    const { types, n } = adjustComposition(
      [{ sample: null, cells: [550, 400] }],
      [{ sample: null, confusion }],
    );
    expect(n).toBe(950);
    expect(types[0]?.raw).toBeCloseTo(550 / 950, 12);
    expect(types[0]?.adjusted).toBeCloseTo(0.5, 2);
    expect(types[0]?.low).toBeLessThan(0.5);
    expect(types[0]?.high).toBeGreaterThan(0.5);
  });

  it('never leaves 0…1, even where the raw counts cannot come from the confusion', () => {
    const { types } = adjustComposition([{ sample: null, cells: [1000, 10] }], [{ sample: null, confusion }]);
    expect(types[0]?.adjusted).toBeGreaterThan(0.98);
    expect(types.reduce((sum, share) => sum + share.adjusted, 0)).toBeCloseTo(1, 9);
    for (const share of types) {
      expect(share.low).toBeGreaterThanOrEqual(0);
      expect(share.high).toBeLessThanOrEqual(1);
    }
  });

  it('is nearer the truth than the raw fractions over many mixtures', () => {
    const random = createRandom(7);
    const rates = [
      [0.8, 0.15, 0.05],
      [0.2, 0.7, 0.1],
      [0.05, 0.25, 0.7],
    ];
    const heldOut = cells(...rates.map((row) => [0, ...row.map((rate) => Math.round(rate * 500))]));
    let raw = 0;
    let adjusted = 0;
    for (let trial = 0; trial < 30; trial++) {
      const truth = random.dirichlet(1, 3);
      const found = [0, 0, 0];
      for (let cell = 0; cell < 2000; cell++) {
        const t = choose(truth, random.next());
        found[choose(rates[t]!, random.next())]!++;
      }
      const result = adjustComposition(
        [{ sample: null, cells: found }],
        [{ sample: null, confusion: heldOut }],
        { draws: 2 },
      );
      result.types.forEach((share, k) => {
        raw += Math.abs(share.raw - truth[k]!);
        adjusted += Math.abs(share.adjusted - truth[k]!);
      });
    }
    expect(adjusted).toBeLessThan(raw / 2);
  });

  it('widens its interval where samples differ', () => {
    const heldOut = [{ sample: null, confusion }];
    const alike = Array.from({ length: 8 }, (_, i) => ({ sample: `w${i}`, cells: [50, 50] }));
    const unlike = alike.map(({ sample }, i) => ({ sample, cells: i % 2 ? [80, 20] : [20, 80] }));
    const width = (found: typeof alike) => {
      const share = adjustComposition(found, heldOut).types[0]!;
      return share.high - share.low;
    };
    expect(width(unlike)).toBeGreaterThan(3 * width(alike));
  });

  it('refuses nothing and other numbers of types', () => {
    const heldOut = [{ sample: null, confusion }];
    expect(() => adjustComposition([{ sample: null, cells: [0, 0] }], heldOut)).toThrow(/no cells/);
    expect(() => adjustComposition([{ sample: null, cells: [1, 2, 3] }], heldOut)).toThrow(/3 types/);
  });
});

describe('limitOfBlank', () => {
  it('is the 95th percentile of false fractions in samples of other types, with their number', () => {
    const pure = Array.from({ length: 21 }, (_, i) => ({
      sample: `w${i}`,
      type: 0,
      fractions: [1 - i / 100, i / 100],
    }));
    const limits = limitOfBlank(pure, 2);
    expect(limits[1]?.limit).toBeCloseTo(0.19, 12);
    expect(limits[1]?.n).toBe(21);
    expect(limits[0]).toEqual({ limit: Number.NaN, n: 0 });
  });
});

function choose(shares: readonly number[], at: number): number {
  let rest = at;
  for (let k = 0; k < shares.length; k++) {
    rest -= shares[k]!;
    if (rest < 0) return k;
  }
  return shares.length - 1;
}
