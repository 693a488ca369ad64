import { behindPrefix, lowerBound } from '../disk/key-order.ts';

/** Where a listing goes on. */
export type ListPosition =
  | { readonly behind: 'key'; readonly name: string }
  | { readonly behind: 'prefix'; readonly name: string };

export interface ListPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** null at the end of the listing. */
  readonly next: ListPosition | null;
}

/**
 * One page of a listing: keys that begin with `prefix`, in byte order; those in which `delimiter` follows somewhere
 * are rolled up into one common prefix. A group costs one binary search however many keys it holds.
 */
export function listPage(
  sorted: readonly string[],
  prefix: string,
  delimiter: string,
  from: ListPosition | null,
  limit: number,
): ListPage {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let place = Math.max(lowerBound(sorted, prefix), from === null ? 0 : placeBehind(sorted, from));
  let next: ListPosition | null = null;
  while (place < sorted.length) {
    const key = sorted[place]!;
    if (!key.startsWith(prefix)) break;
    if (keys.length + commonPrefixes.length >= limit) return { keys, commonPrefixes, next };
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      keys.push(key);
      next = { behind: 'key', name: key };
      place += 1;
    } else {
      const group = key.slice(0, end + delimiter.length);
      commonPrefixes.push(group);
      next = { behind: 'prefix', name: group };
      place = behindPrefix(sorted, group);
    }
  }
  return { keys, commonPrefixes, next: null };
}

function placeBehind(sorted: readonly string[], { behind, name }: ListPosition): number {
  if (behind === 'prefix') return behindPrefix(sorted, name);
  const place = lowerBound(sorted, name);
  return sorted[place] === name ? place + 1 : place;
}
