import { describe, expect, it } from 'vitest';
import { trainingChoicesSchema } from '../training/settings.ts';
import { type CheckInputs, checksOf } from './checks.ts';
import { type MethodsFacts, methodsText } from './methods-text.ts';
import type { Judgement } from './model-card.ts';
import { verdictOf } from './verdict.ts';
import { writeCardPage } from './write-card.ts';

const judged = (miou: number, other: Partial<Judgement> = {}): Judgement => ({
  heldOut: true,
  pictures: 6,
  mixtures: { miou, foregroundIou: 0.9, typeAccuracy: 0.8 },
  pureTypeAccuracy: 0.9,
  selfMix: [0.02, 0.04],
  ...other,
});
const good: CheckInputs = {
  types: 2,
  method: 'cellmixer',
  judgement: judged(0.5),
  baseline: judged(0.3),
  siblings: [judged(0.49), judged(0.52)],
  nullSplit: { line: 'A172', accuracy: 0.52 },
};
const outcomes = (inputs: CheckInputs) => checksOf(inputs).map((check) => check.outcome);

describe('the checks of a model', () => {
  it('pass where everything holds, and tell value and bar', () => {
    const checks = checksOf(good);
    expect(outcomes(good)).toEqual(Array(5).fill('PASSED'));
    expect(checks[0]).toMatchObject({ name: 'SELF_MIX', value: 0.03, better: 'LOWER' });
    expect(checks[0]?.bar).toBeCloseTo(0.13);
    expect(checks[2]?.value).toBeCloseTo(0.2);
    expect(checks[4]).toMatchObject({ name: 'HELD_OUT', value: 0.9, bar: 0.75 });
    expect(verdictOf(checks).level).toBe('USABLE');
  });

  it.each<[string, Partial<CheckInputs>, number, string]>([
    ['a line gets two types', { judgement: judged(0.5, { selfMix: [0.3, 0.4] }) }, 0, 'NOT_SHOWN_TO_WORK'],
    [
      'replicates of one line are told apart',
      { nullSplit: { line: 'A172', accuracy: 0.8 } },
      1,
      'NOT_SHOWN_TO_WORK',
    ],
    ['the baseline is as good', { baseline: judged(0.49) }, 2, 'NOT_SHOWN_TO_WORK'],
    ['seeds differ', { siblings: [judged(0.3), judged(0.7)] }, 3, 'USE_WITH_CARE'],
    [
      'another replicate fails',
      { judgement: judged(0.5, { pureTypeAccuracy: 0.6 }) },
      4,
      'NOT_SHOWN_TO_WORK',
    ],
  ])('fail where %s', (_, change, at, level) => {
    const checks = checksOf({ ...good, ...change });
    expect(checks[at]?.outcome).toBe('FAILED');
    expect(verdictOf(checks).level).toBe(level);
  });

  it('are not run, and never passed, where there is nothing to make them from', () => {
    const none = { ...good, judgement: null, problem: 'Too few cells.', baseline: null, siblings: [] };
    expect(outcomes({ ...none, nullSplit: null })).toEqual(Array(5).fill('NOT_RUN'));
    expect(checksOf(none)[0]?.sentence).toBe('Too few cells.');
    expect(verdictOf(checksOf({ ...none, nullSplit: null })).level).toBe('NOT_SHOWN_TO_WORK');
  });

  it('do not take for a sound null split what has learned nothing', () => {
    const untrained = { ...good, judgement: judged(0.2, { pureTypeAccuracy: 0.55 }) };
    const [, check] = checksOf(untrained);
    expect(check).toMatchObject({ name: 'NULL_SPLIT', outcome: 'NOT_RUN', value: null });
    expect(check?.sentence).toContain('learned too little');
    // Halves that are told apart are told apart, whatever else was learned.
    const reads = checksOf({ ...untrained, nullSplit: { line: 'A172', accuracy: 0.7 } })[1];
    expect(reads).toMatchObject({ outcome: 'FAILED', value: 0.7 });
    const weak = { ...good, judgement: judged(0.2, { pureTypeAccuracy: 0.62 }) };
    expect(checksOf(weak)[1]?.outcome).toBe('PASSED');
  });

  it('ask for care where only the spread over seeds is missing, not where only the null split is', () => {
    const oneSeed = verdictOf(checksOf({ ...good, siblings: [] }));
    expect(oneSeed).toEqual({ level: 'USE_WITH_CARE', sentence: 'Not run: spread over seeds.' });
    expect(verdictOf(checksOf({ ...good, nullSplit: null })).level).toBe('USABLE');
  });

  it('does not take pictures of the training for a held-out replicate', () => {
    const checks = checksOf({ ...good, judgement: judged(0.5, { heldOut: false }) });
    expect(checks[4]?.outcome).toBe('NOT_RUN');
    expect(checks[0]?.sentence).toContain('on the training pictures');
  });
});

const facts: MethodsFacts = {
  version: '0.1.0',
  method: 'cellmixer',
  modality: 'phase contrast',
  classes: [
    {
      name: 'A172',
      lines: [{ name: 'A172', accession: 'CVCL_0131' }],
      pictures: 12,
      replicates: 3,
      heldOutPictures: 4,
    },
    {
      name: 'breast',
      lines: [
        { name: 'BT474', accession: 'CVCL_0179' },
        { name: 'own', accession: null },
      ],
      pictures: 1,
      replicates: 1,
      heldOutPictures: 0,
    },
  ],
  settings: trainingChoicesSchema.parse({ preset: 'balanced', seed: 7 }),
  stepsDone: 1800,
  calibration: { cellDiameterPx: 27.34, pixelSizeUm: 0.65 },
  machine: {
    provider: 'cpu',
    lowering: 'blocked',
    architecture: 'x64',
    processor: 'a',
    instructions: 'avx2',
    node: '24.0.0',
    runtime: 'onnxruntime-node 1.30.0',
  },
  miou: 0.5,
  baselineMiou: 0.31,
  checksum: 'abc',
};

it('tells in a paragraph what was trained on what, so that somebody can do it again', () => {
  expect(methodsText(facts)).toBe(
    'Cells were told apart with CellMixer 0.1.0 (Naouar et al., arXiv 2312.00671), trained on 13 phase contrast pictures of pure cultures without drawn annotations: A172 (CVCL_0131), 12 pictures of 3 replicates; breast (BT474, CVCL_0179; own), 1 picture of 1 replicate. ' +
      'Training samples were mixed on the fly from cells found without supervision. ' +
      'The network (preset "balanced", one type a pixel) was trained for 1,800 steps of 8 crops of 128 × 128 px with AdamW (learning rate 0.003, weight decay 0.01, seed 7). ' +
      'The typical cell diameter was 27.3 px (measured) at 0.65 µm per pixel. ' +
      'Computation used onnxruntime-node 1.30.0 (cpu, x64) on Node.js 24.0.0. ' +
      'On artificial mixtures of 4 pictures kept out of training the mean intersection over union of the types was 0.500, against 0.310 for a baseline trained on unmixed pictures. ' +
      'Model SHA-256: abc.',
  );
  const bare = { ...facts, calibration: null, machine: null, miou: null, checksum: null };
  expect(methodsText(bare)).not.toMatch(/null|undefined|SHA/);
});

it('writes a card in which a name with a bar or a new line breaks no table', () => {
  const checks = checksOf(good);
  const page = writeCardPage({
    name: 'Glia\n# other',
    number: 2,
    verdict: verdictOf(checks),
    checks,
    methods: null,
    checksum: 'abc',
    card: {
      run: { ...facts.settings, method: 'cellmixer', provider: 'cpu', lowering: 'blocked', pictures: [] },
      typeHead: 'softmax',
      validation: { miou: 0.5, foregroundIou: 0.9, typeAccuracy: 0.8 },
      confusion: null,
      cultures: [
        {
          type: 'a|b',
          pictures: 3,
          replicates: ['1', '2'],
          heldOutReplicate: '3',
          heldOutPictures: 1,
          leftOut: [],
        },
      ],
      judgement: good.judgement,
      judgementProblem: null,
      machine: facts.machine,
      resumedElsewhere: false,
    },
  });
  expect(page).toContain('# Glia # other, version 2\n');
  expect(page).toContain('**Usable.**');
  expect(page).toContain('| a\\|b | 3 | 1, 2 | 3 (1) | 0 |');
  expect(page).toContain('| Gap to the baseline | passed | 0.200 | ≥ 0.020 |');
});
