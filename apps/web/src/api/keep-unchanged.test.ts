import { describe, expect, it } from 'vitest';
import { keepUnchanged } from './keep-unchanged.ts';

const read = () => ({
  total: 2,
  images: [
    { id: 'a', lines: ['HeLa'] },
    { id: 'b', lines: [] as string[] },
  ],
});

describe('an answer that is read again', () => {
  it('is the old one where nothing has changed', () => {
    const old = read();
    expect(keepUnchanged(old, read())).toBe(old);
  });

  it('takes what has not changed from the old one, and nothing else', () => {
    const old = read();
    const fresh = read();
    fresh.images[1]!.lines.push('U2OS');
    const kept = keepUnchanged(old, fresh);
    expect(kept).toEqual(fresh);
    expect(kept.images[0]).toBe(old.images[0]);
    expect(kept.images[1]).not.toBe(old.images[1]);
  });

  it('sees what has come and what has gone', () => {
    const old = read();
    const fewer = { ...read(), images: read().images.slice(0, 1) };
    expect(keepUnchanged(old, fewer)).toEqual(fewer);
    expect(keepUnchanged(fewer, old)).toEqual(old);
    expect(keepUnchanged({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
    expect(keepUnchanged([], {})).toEqual({});
    expect(keepUnchanged(null, { a: 1 })).toEqual({ a: 1 });
  });
});
