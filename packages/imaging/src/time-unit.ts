/** Seconds in one unit, by the names that OME-XML and ImageJ use. */
const seconds: Readonly<Record<string, number>> = {
  d: 86_400,
  day: 86_400,
  days: 86_400,
  h: 3600,
  hour: 3600,
  hours: 3600,
  min: 60,
  minute: 60,
  minutes: 60,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  ms: 1e-3,
  msec: 1e-3,
};

/** A time as it is written in `unit` as seconds; null where it is no number or the unit no time. */
export function toSeconds(text: string, unit: string): number | null {
  const factor = seconds[unit.trim().toLowerCase()];
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (factor === undefined || !Number.isFinite(value)) return null;
  // 300 ms must give 0.3, not 0.30000000000000004.
  return factor >= 1 ? value * factor : value / Math.round(1 / factor);
}
