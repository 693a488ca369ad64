import { describe, expect, it } from 'vitest';
import { takeBatch } from './take-batch.ts';

const job = (name: string, side = 16, count = 1) => ({ name, count, height: side, width: side });
const names = (jobs: readonly { readonly name: string }[]) => jobs.map(({ name }) => name).join('');
const wide = { pictures: 8, pixels: 1e6 };

describe('takeBatch', () => {
  it('takes jobs of the first one’s size and leaves the others in their order', () => {
    const waiting = [job('a'), job('b', 32), job('c'), job('d', 32), job('e')];
    expect(names(takeBatch(waiting, wide, 1))).toBe('ace');
    expect(names(waiting)).toBe('bd');
  });

  it('shares what waits among the lanes', () => {
    const waiting = [...'abcdefg'].map((name) => job(name));
    expect(names(takeBatch(waiting, wide, 2))).toBe('abcd');
    expect(names(takeBatch(waiting, wide, 2))).toBe('ef');
    expect(names(takeBatch(waiting, wide, 2))).toBe('g');
  });

  it('keeps to the limits on pictures and pixels', () => {
    expect(
      names(
        takeBatch(
          [...'abcde'].map((name) => job(name)),
          { pictures: 3, pixels: 1e6 },
          1,
        ),
      ),
    ).toBe('abc');
    expect(
      names(
        takeBatch(
          [...'abcde'].map((name) => job(name)),
          { pictures: 8, pixels: 600 },
          1,
        ),
      ),
    ).toBe('ab');
  });

  it('counts pictures, not jobs, and skips a job that is too much for what is left', () => {
    const waiting = [job('a', 16, 3), job('b', 16, 6), job('c', 16, 5)];
    expect(names(takeBatch(waiting, wide, 1))).toBe('ac');
    expect(names(waiting)).toBe('b');
  });

  it('takes one job that is beyond the limits alone, and nothing from an empty queue', () => {
    expect(names(takeBatch([job('a', 2000, 9)], wide, 1))).toBe('a');
    expect(takeBatch([], wide, 1)).toEqual([]);
  });
});
