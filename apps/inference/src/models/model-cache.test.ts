import type { Model } from '@cellmixer/nn';
import { describe, expect, it } from 'vitest';
import { memoryNeed } from './memory-need.ts';
import { ModelCache } from './model-cache.ts';

const bytes = new Uint8Array(1000);
const one = memoryNeed(bytes.length, 1, 0);

/** A cache with room for so many models; what was opened and closed is written down. */
function setUp(room: number) {
  const events: string[] = [];
  const cache = new ModelCache({
    limit: room * one,
    lanes: () => 1,
    open: async () => {
      await Promise.resolve();
      const model: Model = {
        inputChannels: 1,
        types: 2,
        multiple: 4,
        provider: 'cpu',
        metadata: {},
        predict: () => Promise.reject(new Error('is not run here')),
        close: async () => {},
      };
      return model;
    },
    onChange: (event, key) => events.push(`${event} ${key}`),
  });
  const use = (key: string, work: () => unknown = () => {}, pixels = 0) =>
    cache.use(
      key,
      async () => bytes,
      pixels,
      async () => void (await work()),
    );
  return { cache, events, use };
}

describe('ModelCache', () => {
  it('reads and opens a model once for all who wait for it', async () => {
    const { cache, events } = setUp(3);
    let reads = 0;
    const read = async () => {
      reads += 1;
      return bytes;
    };
    await Promise.all(Array.from({ length: 10 }, () => cache.use('a', read, 0, () => {})));
    expect([reads, events]).toEqual([1, ['opened a']]);
    expect(cache.bytes).toBe(one);
  });

  it('closes the least recently used where memory runs short', async () => {
    const { cache, events, use } = setUp(2);
    for (const key of ['a', 'b', 'a', 'c']) await use(key);
    expect(events).toEqual(['opened a', 'opened b', 'closed b', 'opened c']);
    expect(cache.bytes).toBe(2 * one);
  });

  it('closes no model in the middle of its use; who wants it meanwhile gets it again afterwards', async () => {
    const { events, use } = setUp(1);
    const working = Promise.withResolvers<void>();
    const first = use('a', () => working.promise.then(() => events.push('used a')));
    await expect.poll(() => events).toEqual(['opened a']);
    const other = use('b', () => events.push('used b'));
    // From the moment on that room for b is wanted, a takes no new users.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const again = use('a', () => events.push('used a again'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(events).toEqual(['opened a']);
    working.resolve();
    await Promise.all([first, other, again]);
    expect(events.slice(0, 3)).toEqual(['opened a', 'used a', 'closed a']);
    expect(events).toContain('used b');
    expect(events).toContain('used a again');
  });

  it('opens one model that is larger than all the room', async () => {
    const { cache, events, use } = setUp(0.5);
    await use('a');
    await use('b');
    expect(events).toEqual(['opened a', 'closed a', 'opened b']);
    expect(cache.size).toBe(1);
  });

  it('counts what a large run leaves behind, and makes room for that', async () => {
    const { cache, events, use } = setUp(3);
    await use('a');
    await use('b', undefined, 100);
    expect(cache.bytes).toBe(one + memoryNeed(bytes.length, 1, 100));
    await expect.poll(() => events).toContain('closed a');
    expect(cache.size).toBe(1);
  });

  it('forgets a model that could not be read, and opens it when it can', async () => {
    const { cache } = setUp(2);
    const broken = () => Promise.reject(new Error('is not there'));
    await expect(cache.use('a', broken, 0, () => {})).rejects.toThrow('is not there');
    await cache.use(
      'a',
      async () => bytes,
      0,
      () => {},
    );
    expect([cache.state('a'), cache.bytes]).toEqual(['open', one]);
  });

  it('waits for the end of a use when a model is removed', async () => {
    const { cache, events, use } = setUp(2);
    const working = Promise.withResolvers<void>();
    const used = use('a', () => working.promise);
    await expect.poll(() => cache.state('a')).toBe('open');
    const removed = cache.remove('a').then(() => events.push('removed'));
    working.resolve();
    await Promise.all([used, removed]);
    expect(events).toEqual(['opened a', 'closed a', 'removed']);
    expect(cache.bytes).toBe(0);
    await cache.remove('never seen');
  });

  it('ends well when many models are wanted at random with room for two', async () => {
    const { cache, use } = setUp(2);
    let inside = 0;
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        use(`m${(i * 7) % 5}`, async () => {
          inside += 1;
          expect(cache.size).toBeLessThanOrEqual(2);
          await new Promise((resolve) => setImmediate(resolve));
        }),
      ),
    );
    expect(inside).toBe(200);
    expect(cache.bytes).toBeLessThanOrEqual(2 * one);
  });
});
