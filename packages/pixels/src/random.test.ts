import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const draw = (n: number, f: () => number): number[] => Array.from({ length: n }, f);

describe('createRandom', () => {
  it('gives the same numbers for the same seed, on every version of this package', () => {
    const random = createRandom('cellmixer');
    expect(draw(4, () => random.integer(1_000_000))).toMatchInlineSnapshot(`
      [
        160467,
        742526,
        20111,
        73097,
      ]
    `);
    expect(createRandom(7).next()).toBe(createRandom('7').next());
  });

  it('is uniform: mean, variance, and each of sixteen bins of neighbouring pairs', () => {
    const random = createRandom(1);
    const values = draw(40_000, () => random.next());
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    const bins = Array(16).fill(0);
    for (let i = 0; i + 1 < values.length; i += 2) {
      bins[Math.floor(values[i]! * 4) * 4 + Math.floor(values[i + 1]! * 4)]++;
    }
    const chi2 = bins.reduce((sum: number, n: number) => sum + (n - 1250) ** 2 / 1250, 0);
    // 99.9 % quantile at 15 degrees of freedom.
    expect(chi2).toBeLessThan(37.7);
  });

  it('draws normals with mean 0, variance 1, kurtosis 3', () => {
    const random = createRandom(2);
    const values = draw(50_000, () => random.normal());
    expect(mean(values)).toBeCloseTo(0, 1.5);
    expect(mean(values.map((v) => v * v))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.15);
  });

  it.each([0.3, 1, 4])('draws Dirichlet(%d) shares with the right mean and spread', (alpha) => {
    const random = createRandom(3);
    const shares = Array.from({ length: 20_000 }, () => random.dirichlet(alpha, 3));
    for (const share of shares.slice(0, 100)) expect(share.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const first = shares.map((s) => s[0]!);
    expect(mean(first)).toBeCloseTo(1 / 3, 1.7);
    const variance = (1 / 3) * (2 / 3) * (1 / (3 * alpha + 1));
    expect(Math.abs(mean(first.map((v) => (v - 1 / 3) ** 2)) / variance - 1)).toBeLessThan(0.05);
  });

  it('weighs Dirichlet shares by a list of concentrations', () => {
    const random = createRandom(4);
    const shares = Array.from({ length: 5000 }, () => random.dirichlet([6, 3, 1]));
    expect(mean(shares.map((s) => s[0]!))).toBeCloseTo(0.6, 1.7);
  });

  it('forks by seed and keys alone, not by what was drawn', () => {
    const used = createRandom(5);
    draw(100, () => used.normal());
    expect(used.fork(3, 'noise').next()).toBe(createRandom(5).fork(3, 'noise').next());
  });

  it('makes every fork another stream', () => {
    const parent = createRandom(6);
    const firsts = [
      parent.next(),
      parent.fork().next(),
      ...draw(500, () => 0).map((_, i) => parent.fork(i).next()),
      parent.fork('ab', 'c').next(),
      parent.fork('a', 'bc').next(),
      parent.fork(1).fork(2).next(),
      parent.fork(1, 2).next(),
      parent.fork(2, 1).next(),
      createRandom(7).fork(1).next(),
    ];
    expect(new Set(firsts).size).toBe(firsts.length);
    const values = draw(20_000, () => 0).map((_, i) => parent.fork('step', i).next());
    expect(mean(values)).toBeCloseTo(0.5, 2);
  });

  it('picks all, shuffles all, and refuses what has nothing', () => {
    const random = createRandom(8);
    const items = [1, 2, 3, 4, 5];
    expect(new Set(draw(200, () => random.pick(items)))).toEqual(new Set(items));
    const shuffled = random.shuffle(items);
    expect([...shuffled].sort()).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5]);
    const places = draw(5, () => 0);
    for (let i = 0; i < 5000; i++) places[random.shuffle(items).indexOf(1)]!++;
    for (const n of places) expect(Math.abs(n - 1000)).toBeLessThan(120);
    expect(() => random.pick([])).toThrow('nothing to pick');
    expect(() => random.integer(0)).toThrow('n is 0');
    expect(() => random.dirichlet(0, 2)).toThrow('alpha is 0');
  });
});
