import { describe, expect, it } from 'vitest';
import { behindPrefix, compareKeys, lowerBound } from './key-order.ts';

describe('compareKeys', () => {
  it('orders like the bytes of UTF-8, also where UTF-16 would not', () => {
    const keys = ['\u{1f52c}', '\uffee', 'a/b', 'a.b', 'a', 'é', 'a/', 'Z', '\u{10ffff}', '\ue000', ' '];
    const byBytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...keys].sort(compareKeys)).toEqual(byBytes);
    expect([...keys].sort()).not.toEqual(byBytes);
  });
});

describe('places in a sorted list', () => {
  const keys = ['a', 'b/1', 'b/2', 'b/\u{10ffff}', 'b0', 'c'];

  it('finds the first key that is not below a bound', () => {
    expect(['', 'a', 'b', 'b/2', 'b/3', 'd'].map((bound) => lowerBound(keys, bound))).toEqual([
      0, 0, 1, 2, 3, 6,
    ]);
  });

  it('steps behind a whole group', () => {
    expect(['b/', 'b', 'x', ''].map((prefix) => behindPrefix(keys, prefix))).toEqual([4, 5, 6, 6]);
  });
});
