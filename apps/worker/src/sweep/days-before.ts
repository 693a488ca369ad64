const DAY = 24 * 3600 * 1000;

/** So many days before a moment. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY);
}
