import { formatSeconds } from '#ui/format.ts';

/** An estimate as a range, never more exact than it is. */
export function timeRange(low: number | null, high: number | null): string {
  if (low === null || high === null) return 'not known before the first images';
  if (high < 5) return 'a few seconds';
  const [from, to] = [formatSeconds(low), formatSeconds(high)];
  return from === to ? `about ${to}` : `${from} to ${to}`;
}
