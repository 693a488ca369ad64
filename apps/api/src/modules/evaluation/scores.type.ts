import { type JudgedModel, type StoredInterval, type StoredScores, scoreNames } from '@cellmixer/jobs';
import { builder } from '../../graphql/builder.ts';

const ScoreName = builder.enumType('ScoreName', {
  description:
    'miou: mean IoU over classes without background. miouWithBackground: with it. typeAccuracy: mean recall over classes on true foreground, background counts as wrong. balancedCellAccuracy: the same by cell. foregroundIou: cell or not. ap50: instances at IoU 0.5. compositionMae: mean absolute error of area fractions, less is better.',
  values: scoreNames,
});

interface NamedInterval extends StoredInterval {
  readonly name: (typeof scoreNames)[number];
}

export const ScoreType = builder.objectRef<NamedInterval>('Score').implement({
  description: 'A metric with its 95 % interval (bootstrap over whole samples).',
  fields: (t) => ({
    name: t.expose('name', { type: ScoreName, description: 'Which metric.' }),
    value: t.exposeFloat('estimate', { nullable: true, description: 'Null where it cannot be told.' }),
    low: t.exposeFloat('low', { nullable: true, description: 'Null with fewer than two samples.' }),
    high: t.exposeFloat('high', { nullable: true, description: 'Likewise.' }),
  }),
});

export function namedIntervals(
  metrics: Readonly<Partial<Record<(typeof scoreNames)[number], StoredInterval>>>,
): NamedInterval[] {
  return scoreNames.flatMap((name) => {
    const interval = metrics[name];
    return interval === undefined ? [] : [{ name, ...interval }];
  });
}

/** Scores of one image, which has no interval. */
export function namedScores(scores: Partial<StoredScores>): NamedInterval[] {
  return scoreNames.map((name) => ({ name, estimate: scores[name] ?? null, low: null, high: null }));
}

export interface Confusion {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

interface ConfusionRow {
  readonly name: string;
  readonly counts: readonly number[];
}

const ConfusionRowType = builder.objectRef<ConfusionRow>('ConfusionRow').implement({
  description: 'One row of a confusion.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the row is of.' }),
    counts: t.floatList({
      description: 'Pixels or cells, column by column.',
      resolve: ({ counts }) => [...counts],
    }),
    shares: t.floatList({
      description: 'The same divided by their sum, 0 to 1; zeros where there are none.',
      resolve: ({ counts }) => {
        const sum = counts.reduce((a, b) => a + b, 0);
        return counts.map((count) => (sum > 0 ? count / sum : 0));
      },
    }),
  }),
});

export const ConfusionType = builder.objectRef<Confusion>('Confusion').implement({
  description: 'What was called what.',
  fields: (t) => ({
    columns: t.stringList({
      description: 'What the columns are of.',
      resolve: ({ columns }) => [...columns],
    }),
    rows: t.field({
      type: [ConfusionRowType],
      description: 'Row by row.',
      resolve: ({ rows, counts }) => rows.map((name, at) => ({ name, counts: counts[at] ?? [] })),
    }),
  }),
});

export interface NamedJudgement {
  readonly judged: JudgedModel;
  readonly classes: readonly string[];
}

interface ClassScore {
  readonly name: string;
  readonly iou: number | null;
  readonly recall: number | null;
  readonly cellRecall: number | null;
}

const ClassScoreType = builder.objectRef<ClassScore>('ClassScore').implement({
  description: 'How well one class was told.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the class.' }),
    iou: t.exposeFloat('iou', { nullable: true, description: 'Intersection over union, by pixel.' }),
    recall: t.exposeFloat('recall', { nullable: true, description: 'Of its true pixels, called so.' }),
    cellRecall: t.exposeFloat('cellRecall', {
      nullable: true,
      description: 'Of its true cells, called so; null without true instances.',
    }),
  }),
});

export const JudgementType = builder.objectRef<NamedJudgement>('Judgement').implement({
  description: 'How a model did on annotated images.',
  fields: (t) => ({
    images: t.int({ description: 'Annotated images.', resolve: ({ judged }) => judged.images }),
    samples: t.int({ description: 'Samples that they are of.', resolve: ({ judged }) => judged.samples }),
    scores: t.field({
      type: [ScoreType],
      description: 'Every metric over all images.',
      resolve: ({ judged }) => namedIntervals(judged.metrics),
    }),
    classes: t.field({
      type: [ClassScoreType],
      description: 'Class by class.',
      resolve: ({ judged, classes }) => judged.classes.map((one, k) => ({ ...one, name: classes[k] ?? '' })),
    }),
    pixelConfusion: t.field({
      type: ConfusionType,
      description: 'Pixels: rows the truth, columns what the model called them.',
      resolve: ({ judged, classes }) => {
        const names = ['background', ...classes];
        return { rows: names, columns: names, counts: judged.pixels };
      },
    }),
    cellConfusion: t.field({
      type: ConfusionType,
      nullable: true,
      description: 'Cells: rows the truth, columns what the model called them; null without true instances.',
      resolve: ({ judged, classes }) =>
        judged.cells.length === 0
          ? null
          : { rows: classes, columns: ['not found', ...classes], counts: judged.cells },
    }),
  }),
});
