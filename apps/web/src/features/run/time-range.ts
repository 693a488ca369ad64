const units = [
  { name: 'second', seconds: 1, below: 90, step: 5 },
  { name: 'minute', seconds: 60, below: 90 * 60, step: 1 },
  { name: 'hour', seconds: 3600, below: 36 * 3600, step: 0.5 },
  { name: 'day', seconds: 86_400, below: Number.POSITIVE_INFINITY, step: 0.5 },
] as const;

/** An estimate as a range in words, never more exact than it is: `3 to 8 minutes`. */
export function timeRange(low: number | null, high: number | null): string {
  if (low === null || high === null) return 'not known before the first images';
  if (high < 5) return 'a few seconds';
  const unit = units.find(({ below }) => high < below) ?? units[3];
  const round = (seconds: number) =>
    Math.max(unit.step, Math.round(seconds / unit.seconds / unit.step) * unit.step);
  const [from, to] = [round(low), round(high)];
  return `${from === to ? 'about ' : `${from} to `}${to} ${to === 1 ? unit.name : `${unit.name}s`}`;
}
