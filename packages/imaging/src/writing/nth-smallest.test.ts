import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { nthSmallest } from './nth-smallest.ts';

const random = createRandom('nth smallest');
const many = 2000;
const kinds: Readonly<Record<string, (i: number) => number>> = {
  noise: () => random.normal(),
  'few values': () => random.integer(4),
  'one value': () => 7,
  ascending: (i) => i,
  descending: (i) => -i,
  'up and down': (i) => Math.min(i, many - i),
  'a few far outside': (i) => (i % 900 === 0 ? (i - 900) * 1e35 : random.normal()),
  'infinite ones': (i) => (i % 700 === 0 ? Infinity : random.normal()),
};

describe('nthSmallest', () => {
  it.each(Object.keys(kinds))('finds in %s what stands there after sorting', (kind) => {
    const values = Float32Array.from({ length: many }, (_, i) => kinds[kind]?.(i) ?? 0);
    const sorted = values.slice().sort();
    for (const rank of [0, 10, 999, 1000, 1990, many - 1])
      expect(nthSmallest(values, rank)).toBe(sorted[rank]);
  });

  it('takes a single value', () => {
    expect(nthSmallest(Float32Array.of(3), 0)).toBe(3);
  });
});
