import { describe, expect, it } from 'vitest';
import { readFixture } from '../fixtures/read-fixture.ts';
import { histogram } from './histogram.ts';
import { li } from './li.ts';
import { otsu } from './otsu.ts';
import { triangle } from './triangle.ts';

describe.each([...readFixture('thresholds')])('thresholds as scikit-image: %s', (_, fixture) => {
  const values = fixture.array('values').data;
  it('counts the same values in the same bins', () => {
    expect([...histogram(values).counts]).toEqual([...fixture.array('counts').data]);
  });
  it('otsu', () => expect(otsu(values)).toBeCloseTo(fixture.number('otsu'), 10));
  it('triangle', () => expect(triangle(values)).toBeCloseTo(fixture.number('triangle'), 10));
  it('li', () => expect(li(values)).toBeCloseTo(fixture.number('li'), 9));
});

describe('thresholds at the edge', () => {
  it('return the value itself where all are equal', () => {
    const values = new Float32Array(20).fill(2.5);
    expect(li(values)).toBe(2.5);
    expect(otsu(values)).toBe(2.5);
    expect(triangle(values)).toBe(2.5);
  });
  it('refuse no values and values that are not finite', () => {
    for (const threshold of [otsu, li, triangle]) {
      expect(() => threshold([])).toThrow('values is empty');
      expect(() => threshold([1, Number.POSITIVE_INFINITY])).toThrow('Infinity at index 1');
    }
  });
});
