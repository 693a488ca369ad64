import { z } from 'zod';

/** JSON has no NaN: what cannot be told is null. */
const figure = z.number().nullable();

/** The names of `metricsOf` in packages/cellmixer. */
export const scoreNames = [
  'miou',
  'miouWithBackground',
  'typeAccuracy',
  'balancedCellAccuracy',
  'foregroundIou',
  'ap50',
  'compositionMae',
] as const;

export const intervalSchema = z.object({ estimate: figure, low: figure, high: figure });
export type StoredInterval = z.output<typeof intervalSchema>;

/** One value of every metric. */
export const scoresSchema = z.record(z.enum(scoreNames), figure);
export type StoredScores = z.output<typeof scoresSchema>;

/** How one model did on annotated images. */
export const judgedModelSchema = z.object({
  metrics: z.record(z.enum(scoreNames), intervalSchema),
  classes: z.array(z.object({ iou: figure, recall: figure, cellRecall: figure })),
  /** Pixels by (truth, called), 0 background, 1… classes. */
  pixels: z.array(z.array(z.number())),
  /** True cells by (class, called), called 0 = not found. */
  cells: z.array(z.array(z.number())),
  images: z.int(),
  samples: z.int(),
});
export type JudgedModel = z.output<typeof judgedModelSchema>;

/** What EVALUATE leaves. */
export const evaluationResultsSchema = z.object({
  model: judgedModelSchema,
  baseline: judgedModelSchema.nullable(),
  /** The model minus its baseline, over the same images. */
  gain: z.record(z.enum(scoreNames), intervalSchema).nullable(),
});
export type EvaluationResults = z.output<typeof evaluationResultsSchema>;

export const evaluationImageSchema = z.object({
  sample: z.string().nullable(),
  model: scoresSchema,
  baseline: scoresSchema.nullable(),
});

const agreement = { agree: z.number(), foreground: z.number(), type: z.number() };

/** What COMPARE leaves; models by their place in the comparison. */
export const comparisonResultsSchema = z.object({
  images: z.int(),
  models: z.array(
    z.object({
      /** Without a class first, then every class. */
      cells: z.array(z.number()),
      area: z.array(z.number()),
      /** Against truth, where images have annotations. */
      judged: judgedModelSchema.nullable(),
    }),
  ),
  pairs: z.array(
    z.object({ first: z.int(), second: z.int(), ...agreement, pixels: z.array(z.array(z.number())) }),
  ),
});
export type ComparisonResults = z.output<typeof comparisonResultsSchema>;

export const comparisonImageSchema = z.object({
  cells: z.array(z.array(z.number())),
  scores: z.array(scoresSchema).nullable(),
  pairs: z.array(z.object({ first: z.int(), second: z.int(), ...agreement, mapKey: z.string().nullable() })),
});
export type ComparisonImageResults = z.output<typeof comparisonImageSchema>;
