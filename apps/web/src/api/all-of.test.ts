import { describe, expect, it } from 'vitest';
import { allOf, type ListPage } from './all-of.ts';

const page = (from: number, to: number, total: number): ListPage<number> => ({
  edges: Array.from({ length: to - from }, (_, i) => ({ node: from + i })),
  pageInfo: { hasNextPage: to < total, endCursor: to === from ? null : String(to) },
});
const pages = (total: number) => (from: number) => page(from, Math.min(total, from + 100), total);

describe('a list of several pages', () => {
  it.each([0, 1, 100, 101, 250])('is read to its end (%i)', async (total) => {
    const at = pages(total);
    const asked: string[] = [];
    const all = await allOf(at(0), async (after) => {
      asked.push(after);
      return at(Number(after));
    });
    expect(all).toEqual(Array.from({ length: total }, (_, i) => i));
    expect(asked).toHaveLength(Math.max(0, Math.ceil(total / 100) - 1));
  });

  it('ends where it cannot be seen any more', async () => {
    expect(await allOf(pages(300)(0), async () => undefined)).toHaveLength(100);
  });
});
