import type { Context } from './context.ts';
import { RequestError } from './request-error.ts';

/** How many of one report a request may ask for. */
const MOST_REPORTS = 5;

/** Marks a field whose answer takes statements of its own for each thing: the tests leave it out of lists. */
export const oneAtATime = { oneAtATime: true } as const;

const asked = new WeakMap<Context, Map<string, number>>();

/** Counts how often a request asks for a report. @throws ValidationError beyond five */
export function demandFewReports(context: Context, field: string): void {
  const counts = asked.get(context) ?? new Map<string, number>();
  asked.set(context, counts);
  const count = (counts.get(field) ?? 0) + 1;
  counts.set(field, count);
  if (count <= MOST_REPORTS) return;
  throw new RequestError(
    'ValidationError',
    'REPORTS_TOO_MANY',
    `${field} is asked for more than ${MOST_REPORTS} times.`,
    { subject: field, cure: 'Ask for it of one thing at a time, not of a whole list.' },
  );
}
