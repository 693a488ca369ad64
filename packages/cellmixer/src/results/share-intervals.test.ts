import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { shareIntervals } from './share-intervals.ts';

describe('the interval of a share', () => {
  it('is Wilson’s of one cluster', () => {
    // 15 of 50: Newcombe, Statistics in Medicine 17 (1998), method 3.
    const [first] = shareIntervals([[15, 35]]);
    expect(first?.share).toBe(0.3);
    expect(first?.low).toBeCloseTo(0.191, 3);
    expect(first?.high).toBeCloseTo(0.4375, 3);
  });

  it('grows with the spread between clusters, and not with their number alone', () => {
    const width = (clusters: number[][]) => {
      const [first] = shareIntervals(clusters);
      return (first?.high ?? 0) - (first?.low ?? 0);
    };
    const alike = width([
      [50, 50],
      [50, 50],
      [50, 50],
      [50, 50],
    ]);
    expect(alike).toBeCloseTo(width([[200, 200]]), 12);
    expect(
      width([
        [80, 20],
        [20, 80],
        [80, 20],
        [20, 80],
      ]),
    ).toBeGreaterThan(2 * alike);
  });

  it('holds the true share in nine of ten drawn experiments of ten uneven wells', () => {
    const random = createRandom('coverage');
    let held = 0;
    for (let draw = 0; draw < 400; draw++) {
      const clusters = Array.from({ length: 10 }, () => {
        const [share] = random.dirichlet(8, 2);
        const cells = 40 + random.integer(60);
        let hits = 0;
        for (let i = 0; i < cells; i++) if (random.next() < (share ?? 0)) hits++;
        return [hits, cells - hits];
      });
      const [first] = shareIntervals(clusters);
      if (first !== undefined && first.low <= 0.5 && first.high >= 0.5) held++;
    }
    expect(held / 400).toBeGreaterThan(0.9);
  });

  it('is as wide for a field that was looked at ten times as for one look', () => {
    const [once] = shareIntervals([[60, 40]]);
    const [often] = shareIntervals([[600, 400]], 10);
    expect(often?.low).toBeCloseTo(once?.low ?? 0, 12);
    expect(often?.high).toBeCloseTo(once?.high ?? 0, 12);
  });

  it('says nothing where nothing was counted', () => {
    expect(shareIntervals([[0, 0]])).toEqual([
      { share: Number.NaN, low: 0, high: 1 },
      { share: Number.NaN, low: 0, high: 1 },
    ]);
    expect(shareIntervals([])).toEqual([]);
  });
});
