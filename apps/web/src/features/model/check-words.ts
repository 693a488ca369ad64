import type { ModelCheckName, ModelCheckOutcome, ModelVerdictLevel } from '#graphql/graphql.ts';
import type { GlossaryTerm } from '#ui/glossary.ts';
import type { Tone } from '#ui/status.tsx';

export const verdictWords: Readonly<
  Record<ModelVerdictLevel, { readonly tone: Tone; readonly says: string }>
> = {
  USABLE: { tone: 'good', says: 'Usable' },
  USE_WITH_CARE: { tone: 'care', says: 'Use with care' },
  NOT_SHOWN_TO_WORK: { tone: 'bad', says: 'Not shown to work' },
};

/** What was not run is neither good nor bad. */
export const outcomeWords: Readonly<
  Record<ModelCheckOutcome, { readonly tone: Tone; readonly says: string }>
> = {
  PASSED: { tone: 'good', says: 'Passed' },
  FAILED: { tone: 'bad', says: 'Failed' },
  NOT_RUN: { tone: 'off', says: 'Not run' },
};

interface CheckWords {
  readonly says: string;
  /** The word of it that the glossary explains. */
  readonly term: GlossaryTerm;
  readonly write: (value: number) => string;
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const plain = (value: number) => value.toFixed(3);

export const checkWords: Readonly<Record<ModelCheckName, CheckWords>> = {
  SELF_MIX: { says: 'Self-mix', term: 'self-mix', write: percent },
  NULL_SPLIT: { says: 'Null split', term: 'null split', write: percent },
  GAP_TO_BASELINE: {
    says: 'Gap to the baseline',
    term: 'baseline',
    write: (value) => `${value < 0 ? '−' : '+'}${plain(Math.abs(value))}`,
  },
  SEED_SPREAD: { says: 'Spread over seeds', term: 'seed', write: plain },
  HELD_OUT: { says: 'Held-out replicate', term: 'held-out replicate', write: percent },
};

export interface CheckFigures {
  readonly name: ModelCheckName;
  readonly value: number | null;
  readonly bar: number | null;
  readonly better: 'HIGHER' | 'LOWER';
}

/** The value, and what it is held against: `12.3 %`, `at most 15.0 %`. */
export function writeCheck({ name, value, bar, better }: CheckFigures) {
  const { write } = checkWords[name];
  return {
    value: value === null ? '–' : write(value),
    bar: bar === null ? '' : `at ${better === 'HIGHER' ? 'least' : 'most'} ${write(bar)}`,
  };
}
