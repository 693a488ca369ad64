/** Seconds as a clock: `0:42`, `12:05`, `3:07:00`. Minutes without an hour have no leading zero. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

const SPANS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/** A span of time in words, its two largest units: `0.5 s`, `45 s`, `15 min`, `1 h 30 min`, `2 d`. */
export function formatSpan(seconds: number): string {
  if (seconds < 59.5) return `${Number(seconds.toPrecision(2))} s`;
  const words: string[] = [];
  let rest = seconds < 3600 ? Math.round(seconds) : Math.round(seconds / 60) * 60;
  for (const [size, unit] of SPANS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  if (rest > 0) words.push(`${rest} s`);
  return words.slice(0, 2).join(' ');
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes with three digits at most: `0 B`, `812 kB`, `1.4 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

const dates = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** A day as labs write it: `22 Nov 2026`. In UTC, the same on the server and in the browser. */
export function formatDate(iso: string): string {
  return dates.format(new Date(iso));
}

/** A moment: `22 Nov 2026, 14:05 UTC`. */
export function formatMoment(iso: string): string {
  return `${formatClock(iso)} UTC`;
}

/** The same by a clock of which nobody knows the time zone. */
export function formatClock(iso: string): string {
  const moment = new Date(iso);
  return `${dates.format(moment)}, ${times.format(moment)}`;
}

/** A count with its noun: `1 image`, `1,204 images`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? noun : plural}`;
}
