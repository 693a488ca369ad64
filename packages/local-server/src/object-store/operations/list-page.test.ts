import { describe, expect, it } from 'vitest';
import { compareKeys } from '../disk/key-order.ts';
import { type ListPosition, listPage } from './list-page.ts';

const keys = ['a', 'b/1', 'b/2', 'b/3/x', 'c', 'd/1', 'd/2', 'é/1'].sort(compareKeys);

function all(prefix: string, delimiter: string, limit: number): string[][] {
  const pages: string[][] = [];
  let from: ListPosition | null = null;
  do {
    const page = listPage(keys, prefix, delimiter, from, limit);
    pages.push([...page.keys, ...page.commonPrefixes]);
    from = page.next;
  } while (from !== null);
  return pages;
}

describe('listPage', () => {
  it('rolls keys up behind the first delimiter after the prefix', () => {
    expect(all('', '/', 100)).toEqual([['a', 'c', 'b/', 'd/', 'é/']]);
    expect(all('b/', '/', 100)).toEqual([['b/1', 'b/2', 'b/3/']]);
  });

  it('gives every key once however small the pages are', () => {
    for (const limit of [1, 2, 3, 7]) expect(all('', '', limit).flat()).toEqual(keys);
    expect(all('', '/', 1)).toEqual([['a'], ['b/'], ['c'], ['d/'], ['é/']]);
  });

  it('says that it is the end when the last page is exactly full', () => {
    expect(listPage(keys, 'd/', '', null, 2).next).toBeNull();
    expect(listPage(keys, 'd/', '', null, 1).next).toEqual({ behind: 'key', name: 'd/1' });
  });

  it('goes on at a key that has been deleted meanwhile', () => {
    expect(listPage(keys, '', '', { behind: 'key', name: 'b/15' }, 1).keys).toEqual(['b/2']);
  });
});
