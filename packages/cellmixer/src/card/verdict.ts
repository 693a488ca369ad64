import type { Check, CheckName } from './checks.ts';

export const verdictLevels = ['USABLE', 'USE_WITH_CARE', 'NOT_SHOWN_TO_WORK'] as const;
export type VerdictLevel = (typeof verdictLevels)[number];

export interface Verdict {
  readonly level: VerdictLevel;
  readonly sentence: string;
}

/** Without these a model may work, but nobody has seen it. */
const needed: readonly CheckName[] = ['SELF_MIX', 'GAP_TO_BASELINE', 'SEED_SPREAD', 'HELD_OUT'];

const words: Readonly<Record<CheckName, string>> = {
  SELF_MIX: 'self-mix',
  NULL_SPLIT: 'null split',
  GAP_TO_BASELINE: 'gap to the baseline',
  SEED_SPREAD: 'spread over seeds',
  HELD_OUT: 'held-out replicate',
};

/**
 * What the checks come to. Not shown to work: one of them failed that tells whether it sees cells at all, or neither
 * the baseline nor a held-out replicate was looked at. Usable: all passed that a training can bring, and nothing
 * failed. With care: everything between.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  const named = (outcome: Check['outcome']) =>
    checks.filter((check) => check.outcome === outcome).map((check) => check.name);
  const failed = named('FAILED');
  const missing = named('NOT_RUN');
  const fatal = failed.filter((name) => name !== 'SEED_SPREAD');
  if (fatal.length > 0) return { level: 'NOT_SHOWN_TO_WORK', sentence: `Failed: ${say(fatal)}.` };
  if (missing.includes('GAP_TO_BASELINE') && missing.includes('HELD_OUT')) {
    return {
      level: 'NOT_SHOWN_TO_WORK',
      sentence: 'Neither a baseline nor a held-out replicate has been looked at.',
    };
  }
  const open = missing.filter((name) => needed.includes(name));
  if (failed.length === 0 && open.length === 0) {
    const rest = missing.length > 0 ? ` Not run: ${say(missing)}.` : '';
    return { level: 'USABLE', sentence: `Every check that was run passed.${rest}` };
  }
  const parts = [
    failed.length > 0 ? `Failed: ${say(failed)}.` : '',
    missing.length > 0 ? `Not run: ${say(missing)}.` : '',
  ];
  return { level: 'USE_WITH_CARE', sentence: parts.filter((part) => part !== '').join(' ') };
}

function say(names: readonly CheckName[]): string {
  return names.map((name) => words[name]).join(', ');
}
