export interface Noted {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly createdAt: string;
}

/** Milliseconds within which both sides of a share have noted the same. */
const TOGETHER = 2000;

/**
 * Events without those that tell the same again: what becomes of a share is noted in both projects, so that the people of
 * each see it, and whoever sees both would read it twice.
 */
export function notedOnce<Event extends Noted>(events: readonly Event[]): readonly Event[] {
  const last = new Map<string, number>();
  return events.filter(({ action, subjectType, subjectId, createdAt }) => {
    if (subjectType !== 'DatasetShare') return true;
    const what = `${action} ${subjectId}`;
    const at = Date.parse(createdAt);
    const isAgain = Math.abs((last.get(what) ?? Number.NaN) - at) < TOGETHER;
    last.set(what, at);
    return !isAgain;
  });
}
