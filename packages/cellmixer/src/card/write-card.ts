import type { Check } from './checks.ts';
import type { ModelCard } from './model-card.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a card for people tells. */
export interface CardPage {
  readonly name: string;
  readonly number: number;
  readonly card: ModelCard;
  readonly checks: readonly Check[];
  readonly verdict: Verdict;
  readonly methods: string | null;
  readonly checksum: string;
}

const levels = {
  USABLE: 'Usable',
  USE_WITH_CARE: 'Use with care',
  NOT_SHOWN_TO_WORK: 'Not shown to work',
} as const;
const outcomes = { PASSED: 'passed', FAILED: 'failed', NOT_RUN: 'not run' } as const;
const names = {
  SELF_MIX: 'Self-mix',
  NULL_SPLIT: 'Null split',
  GAP_TO_BASELINE: 'Gap to the baseline',
  SEED_SPREAD: 'Spread over seeds',
  HELD_OUT: 'Held-out replicate',
} as const;

/** The model card as Markdown. */
export function writeCardPage(page: CardPage): string {
  const { card, verdict, checks } = page;
  const { run, validation } = card;
  const parts = [
    `# ${line(page.name)}, version ${page.number}`,
    `**${levels[verdict.level]}.** ${verdict.sentence}`,
    'It tells apart the types below in pictures taken like its training pictures, and calls everything one of them: other cells get a wrong name. No real mixture with known cells was looked at.',
    '## Checks',
    table(
      ['check', 'outcome', 'value', 'bar', ''],
      checks.map((check) => [
        names[check.name],
        outcomes[check.outcome],
        figure(check.value),
        check.bar === null ? '–' : `${check.better === 'HIGHER' ? '≥' : '≤'} ${figure(check.bar)}`,
        check.sentence,
      ]),
    ),
    '## Trained on',
    table(
      ['type', 'pictures', 'replicates', 'kept out', 'not used'],
      card.cultures.map((one) => [
        one.type,
        String(one.pictures),
        one.replicates.join(', ') || 'not named',
        one.heldOutReplicate === null ? '–' : `${one.heldOutReplicate} (${one.heldOutPictures})`,
        String(one.leftOut.length),
      ]),
    ),
    `Method ${run.method}, preset ${run.preset}, ${run.steps} steps of ${run.batch} crops of ${run.cropSize}², learning rate ${run.learningRate}, seed ${run.seed}, on ${run.provider}.${card.resumedElsewhere ? ' It was resumed on a machine that computes otherwise: a second run will not give the same bits.' : ''}`,
    `On artificial mixtures of the training pictures (a sign of learning alone): mean IoU over types ${figure(validation.miou)}, foreground IoU ${figure(validation.foregroundIou)}, type accuracy ${figure(validation.typeAccuracy)}.`,
    ...(page.methods === null ? [] : ['## Methods', page.methods]),
    `model.onnx: SHA-256 ${page.checksum}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const write = (cells: readonly string[]) =>
    `| ${cells.map((cell) => line(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [write(head), write(head.map(() => '---')), ...rows.map(write)].join('\n');
}

/** People's names must not end a line of the page. */
function line(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
