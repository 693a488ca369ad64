import type { Judgement } from './model-card.ts';

export const checkNames = ['SELF_MIX', 'NULL_SPLIT', 'GAP_TO_BASELINE', 'SEED_SPREAD', 'HELD_OUT'] as const;
export type CheckName = (typeof checkNames)[number];
export type CheckOutcome = 'PASSED' | 'FAILED' | 'NOT_RUN';

/** One of the five checks of a model. */
export interface Check {
  readonly name: CheckName;
  readonly outcome: CheckOutcome;
  /** Null where it was not run. */
  readonly value: number | null;
  /** What the value must reach, or not exceed; null where it depends on a value that was not measured. */
  readonly bar: number | null;
  /** Whether the bar is a least or a most. */
  readonly better: 'HIGHER' | 'LOWER';
  readonly sentence: string;
}

/** What the checks are made from; a model's own judgement and those that it is held against. */
export interface CheckInputs {
  readonly types: number;
  readonly method: string;
  readonly judgement: Judgement | null;
  /** Why there is none. */
  readonly problem?: string | null;
  /** Of the baseline on the same pictures and seed; null while there is none. */
  readonly baseline: Judgement | null;
  /** Of runs that differ by the seed alone, without this one. */
  readonly siblings: readonly Judgement[];
  /** Balanced accuracy of telling apart two halves of one line's replicates; null where it was not run. */
  readonly nullSplit: { readonly line: string; readonly accuracy: number } | null;
}

/** Seeds from which on their spread says something. */
const LEAST_SEEDS = 3;
export const bars = {
  /** Above what is called wrong in unmixed pictures anyway; never more than a fifth. */
  selfMix: { margin: 0.03, most: 0.2 },
  nullSplit: 0.6,
  /** Above chance: who tells types apart no better has learned nothing that the null split could find. */
  learnt: 0.1,
  gap: 0.02,
  spread: 0.05,
} as const;

/** The five checks, in the order in which a page shows them. What was not run is never passed. */
export function checksOf(inputs: CheckInputs): readonly Check[] {
  return [selfMix(inputs), nullSplit(inputs), gap(inputs), spread(inputs), heldOut(inputs)];
}

function selfMix({ judgement, problem }: CheckInputs): Check {
  const frame = { name: 'SELF_MIX', better: 'LOWER' } as const;
  if (judgement === null) return notRun(frame, null, problem ?? 'The model was not judged.');
  const value = mean(judgement.selfMix);
  const bar = Math.min(bars.selfMix.most, 1 - judgement.pureTypeAccuracy + bars.selfMix.margin);
  const where = judgement.heldOut
    ? 'on pictures kept out of training'
    : 'on the training pictures, as none were kept out';
  return judged(
    frame,
    value,
    bar,
    `Where a line is mixed with itself, ${percent(value)} of its cells’ area is called another type (${where}).`,
  );
}

function nullSplit({ nullSplit: found, judgement, types }: CheckInputs): Check {
  const frame = { name: 'NULL_SPLIT', better: 'LOWER' } as const;
  if (found === null) {
    return notRun(
      frame,
      bars.nullSplit,
      'Nobody has trained on two halves of one line’s replicates as if they were two types.',
    );
  }
  const { line, accuracy } = found;
  const chance = 1 / types;
  const own = judgement?.pureTypeAccuracy ?? null;
  // Who has learned nothing tells no halves apart either: it must not pass by that.
  if (accuracy <= bars.nullSplit && own !== null && own <= chance + bars.learnt) {
    return notRun(
      frame,
      bars.nullSplit,
      `It was run, but does not count: two halves of the replicates of ${line} are not told apart (${percent(accuracy)}; chance is 50 %), and neither are the lines that the model is made for (${percent(own)}; chance is ${percent(chance)}). The model has learned too little.`,
    );
  }
  const read = accuracy > bars.nullSplit ? ' It tells cultures apart, not only cells.' : '';
  return judged(
    frame,
    accuracy,
    bars.nullSplit,
    `Two halves of the replicates of ${line}, trained as if they were two types, are told apart with an accuracy of ${percent(accuracy)}; chance is 50 %.${read}`,
  );
}

function gap({ method, judgement, baseline }: CheckInputs): Check {
  const frame = { name: 'GAP_TO_BASELINE', better: 'HIGHER' } as const;
  if (method === 'baseline') return notRun(frame, bars.gap, 'This is the baseline itself.');
  if (judgement === null || baseline === null) {
    return notRun(frame, bars.gap, 'There is no finished baseline on the same pictures and seed.');
  }
  const value = judgement.mixtures.miou - baseline.mixtures.miou;
  return judged(
    frame,
    value,
    bars.gap,
    `On the same artificial mixtures its mean IoU is ${judgement.mixtures.miou.toFixed(3)}, the baseline’s ${baseline.mixtures.miou.toFixed(3)}.`,
  );
}

function spread({ judgement, siblings, problem }: CheckInputs): Check {
  const frame = { name: 'SEED_SPREAD', better: 'LOWER' } as const;
  const values = (judgement === null ? siblings : [judgement, ...siblings]).map((one) => one.mixtures.miou);
  if (values.length === 0) return notRun(frame, bars.spread, problem ?? 'The model was not judged.');
  if (values.length < LEAST_SEEDS) {
    const have = values.length === 1 ? 'One seed has' : `${values.length} seeds have`;
    return notRun(
      frame,
      bars.spread,
      `${have} been trained; ${LEAST_SEEDS} are needed. Clone it with other seeds.`,
    );
  }
  const value = deviation(values);
  return judged(
    frame,
    value,
    bars.spread,
    `Over ${values.length} seeds the mean IoU on artificial mixtures varies by ${value.toFixed(3)} (standard deviation).`,
  );
}

function heldOut({ judgement, types, problem }: CheckInputs): Check {
  const frame = { name: 'HELD_OUT', better: 'HIGHER' } as const;
  // Half way from chance to always right.
  const bar = (1 + 1 / types) / 2;
  if (judgement === null) return notRun(frame, bar, problem ?? 'The model was not judged.');
  if (!judgement.heldOut) {
    return notRun(frame, bar, 'No replicate was kept out: each type needs two replicates or more.');
  }
  const value = judgement.pureTypeAccuracy;
  return judged(
    frame,
    value,
    bar,
    `On pure pictures of a replicate that was kept out of training, ${percent(value)} of each type’s area is called right; chance is ${percent(1 / types)}.`,
  );
}

type Frame = Pick<Check, 'name' | 'better'>;

function judged(frame: Frame, value: number, bar: number, sentence: string): Check {
  const passed = frame.better === 'HIGHER' ? value >= bar : value <= bar;
  return { ...frame, value, bar, sentence, outcome: passed ? 'PASSED' : 'FAILED' };
}

function notRun(frame: Frame, bar: number | null, sentence: string): Check {
  return { ...frame, value: null, bar, sentence, outcome: 'NOT_RUN' };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
