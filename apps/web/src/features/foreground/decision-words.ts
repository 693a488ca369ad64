import type { ForegroundDecision } from '#graphql/graphql.ts';
import type { Tone } from '#ui/status.tsx';

/** What people made of a mask. */
export const decisionWords: Readonly<
  Record<ForegroundDecision, { readonly tone: Tone; readonly says: string }>
> = {
  FOUND: { tone: 'idle', says: 'Not looked at' },
  TUNED: { tone: 'idle', says: 'Tuned' },
  ACCEPTED: { tone: 'good', says: 'Accepted' },
  REJECTED: { tone: 'off', says: 'Left out' },
};
