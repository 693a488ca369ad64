import { describe, expect, it } from 'vitest';
import { TileCache } from './tile-cache.ts';

const tile = (value: number) => Uint8Array.of(value, value, value, value);

describe('TileCache', () => {
  it('keeps to its limit; what was seen longest ago leaves first', async () => {
    const cache = new TileCache(8);
    for (const key of ['a', 'b']) await cache.get(key, async () => tile(1));
    await cache.get('a', async () => tile(9));
    await cache.get('c', async () => tile(1));
    expect([cache.peek('a'), cache.peek('b')]).toEqual([tile(1), undefined]);
    expect(cache.bytes).toBe(8);
  });

  it('asks once for those who want the same', async () => {
    const cache = new TileCache(100);
    let asked = 0;
    const load = async () => {
      asked++;
      return tile(1);
    };
    await Promise.all([cache.get('a', load), cache.get('a', load)]);
    expect(asked).toBe(1);
  });

  it('stops a request only when nobody waits for it any more', async () => {
    const cache = new TileCache(100);
    const come = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    let stopped = false;
    const load = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return come.promise;
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const first = cache.get('a', load, one.signal);
    const second = cache.get('a', load, two.signal);
    one.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(stopped).toBe(false);
    come.resolve(tile(3));
    expect(await second).toEqual(tile(3));
    const third = cache.get('b', load, two.signal);
    two.abort(new Error('gone too'));
    await expect(third).rejects.toThrow('gone too');
    expect(stopped).toBe(true);
  });

  it('forgets what failed', async () => {
    const cache = new TileCache(100);
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => tile(2))).toEqual(tile(2));
  });
});
