import { describe, expect, it } from 'vitest';
import { outcomeWords, writeCheck } from './check-words.ts';

describe('a check', () => {
  it('stands with the least or the most that it is held against', () => {
    expect(writeCheck({ name: 'SELF_MIX', value: 0.123, bar: 0.15, better: 'LOWER' })).toEqual({
      value: '12.3 %',
      bar: 'at most 15.0 %',
    });
    expect(writeCheck({ name: 'GAP_TO_BASELINE', value: -0.0512, bar: 0.02, better: 'HIGHER' })).toEqual({
      value: '−0.051',
      bar: 'at least +0.020',
    });
  });

  it('that was not run has no value and is never good', () => {
    expect(writeCheck({ name: 'HELD_OUT', value: null, bar: null, better: 'HIGHER' })).toEqual({
      value: '–',
      bar: '',
    });
    expect(outcomeWords.NOT_RUN.tone).not.toBe('good');
  });
});
