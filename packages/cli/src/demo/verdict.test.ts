import type { Interval } from '@cellmixer/cellmixer';
import { describe, expect, it } from 'vitest';
import { caveats, sayDifference, sign } from './verdict.ts';

const interval = (estimate: number, low: number, high: number): Interval => ({
  estimate,
  low,
  high,
  samples: 8,
  n: 8,
});

describe('the verdict', () => {
  it.each([
    [interval(0.12, 0.08, 0.15), 'CellMixer does better: +0.12'],
    [interval(-0.12, -0.15, -0.08), 'The baseline does better here: −0.12'],
    [interval(0.12, -0.01, 0.25), 'do not differ beyond chance: +0.12'],
    [interval(0.12, Number.NaN, Number.NaN), 'one sample gives no interval'],
  ])('claims no more than the interval bears: %o', (difference, words) => {
    expect(sayDifference(difference)).toContain(words);
  });

  it('says of each kind of truth what it cannot show', () => {
    expect(caveats.drawn).toContain('proves nothing about cells');
    expect(caveats.artificial).toContain('no truth for real mixtures');
    expect(caveats.artificial).toContain('says nothing yet about real mixtures');
    expect(sign(-0.004)).toBe('−0.00');
  });
});
