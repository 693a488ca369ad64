/**
 * How a filter reads beyond the edge. `reflect` repeats the edge pixel (d c b a | a b c d | d c b a),
 * `nearest` goes on with it (a a a | a b c d | d d d); both as in SciPy.
 */
export type BorderMode = 'reflect' | 'nearest';

/** The index inside 0…n − 1 that stands for `index` beyond the edge. */
export function borderIndex(index: number, n: number, mode: BorderMode): number {
  if (index >= 0 && index < n) return index;
  if (mode === 'nearest') return index < 0 ? 0 : n - 1;
  const period = 2 * n;
  const i = ((index % period) + period) % period;
  return i < n ? i : period - 1 - i;
}
