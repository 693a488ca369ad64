import { type Confusion, pool } from '../confusion.ts';

export interface SelfMix {
  /** Share of the line's own foreground that is called another type, 0…1, of what is called any type; 0 is right. */
  readonly strayed: number;
  /** Share of the line's own foreground that is called any type at all. */
  readonly found: number;
}

/**
 * Self-mix: a line mixed with itself holds one type, so whatever gets a second type was called by the mixing and
 * not by the cells.
 *
 * @param confusions of pictures that hold type `type` (1…K) alone
 */
export function selfMix(confusions: readonly Confusion[], type: number): SelfMix {
  const { types, counts } = pool(confusions);
  const row = counts.subarray(type * (types + 1), (type + 1) * (types + 1));
  const called = row.subarray(1).reduce((a, b) => a + b, 0);
  return { strayed: 1 - row[type]! / called, found: called / (called + row[0]!) };
}
