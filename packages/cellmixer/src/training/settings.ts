import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';

/**
 * What is trained. `cellmixer`: mixtures of pure pictures; `baseline`: pure pictures only, all else identical;
 * `paper`: whole-picture mixup with plain cross-entropy, none of our extras.
 */
export const trainingMethods = ['cellmixer', 'baseline', 'paper'] as const;
export type TrainingMethod = (typeof trainingMethods)[number];

export const trainingPresets = {
  fast: { steps: 600, batch: 8, cropSize: 128 },
  balanced: { steps: 2000, batch: 8, cropSize: 128 },
  accurate: { steps: 20_000, batch: 16, cropSize: 128 },
} as const;

/** Images that share their norm statistics; see docs/method.md for why never one. */
export const NORM_GROUP = 4;

/** What a person may choose; the rest follows from the machine and the method. */
const choices = {
  preset: z.enum(['fast', 'balanced', 'accurate']).default('balanced'),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  steps: z.int().min(1).max(1_000_000).optional(),
  /** Images of a step, a multiple of four. */
  batch: z.int().min(NORM_GROUP).max(256).multipleOf(NORM_GROUP).optional(),
  /** Side of a training crop in working pixels. */
  cropSize: z.int().min(32).max(512).multipleOf(16).optional(),
  learningRate: z.number().positive().max(0.1).default(0.003),
  weightDecay: z.number().min(0).max(1).default(0.01),
  /** One type a pixel, or several where cells overlap. */
  typeHead: z.enum(['softmax', 'sigmoid']).default('softmax'),
  /** Typical cell diameter in native pixels. */
  cellDiameterPx: z.union([z.literal('auto'), z.number().min(2).max(2000)]).default('auto'),
  /** Steps between two looks at artificial validation mixtures; 0 never. Without a look no plateau is seen. */
  validateEvery: z.int().min(0).optional(),
  /** Steps between two checkpoints. */
  checkpointEvery: z.int().min(1).default(100),
};

interface Choices {
  readonly preset: keyof typeof trainingPresets;
  readonly steps?: number | undefined;
  readonly batch?: number | undefined;
  readonly cropSize?: number | undefined;
  readonly validateEvery?: number | undefined;
}

/** Puts the preset's values where nothing was chosen. */
function withPreset<Chosen extends Choices>(chosen: Chosen) {
  const preset = trainingPresets[chosen.preset];
  const steps = chosen.steps ?? preset.steps;
  return {
    ...chosen,
    steps,
    batch: chosen.batch ?? preset.batch,
    cropSize: chosen.cropSize ?? preset.cropSize,
    validateEvery: chosen.validateEvery ?? Math.min(1000, Math.max(250, Math.ceil(steps / 5))),
  };
}

/** The settings of a training that somebody asks for, complete: what a run is remembered by. */
export const trainingChoicesSchema = z
  .strictObject({
    ...choices,
    /** What a killed worker costs at most. */
    checkpointEvery: choices.checkpointEvery.unwrap().default(25),
    /** Leave one replicate of every type out of training, where each has two or more, to test on. */
    holdOut: z.boolean().default(true),
  })
  .transform(withPreset);

export type TrainingChoices = z.output<typeof trainingChoicesSchema>;

export const trainingSettingsSchema = z
  .strictObject({
    ...choices,
    method: z.enum(trainingMethods).default('cellmixer'),
    clipNorm: z.number().positive().default(1),
    modality: z.enum(['auto', 'transmitted', 'stained', 'fluorescence']).default('auto'),
    provider: z.enum(['auto', 'cpu', 'webgpu', 'cuda']).default('cpu'),
    lanes: z.int().min(1).max(256).optional(),
    sampleWorkers: z.int().min(1).max(64).default(1),
  })
  .transform(withPreset);

/** What a caller may leave out. */
export type TrainingSettingsInput = z.input<typeof trainingSettingsSchema>;
export type TrainingSettings = z.output<typeof trainingSettingsSchema>;

/** @throws INVALID_ARGUMENT naming the setting and the value. */
export function parseTrainingSettings(input: TrainingSettingsInput): TrainingSettings {
  const result = trainingSettingsSchema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.join('.') || 'settings';
  const value = issue?.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    input,
  );
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `${path} = ${JSON.stringify(value)}: ${issue?.message ?? 'not allowed'}`,
    {
      subject: path,
      cure: 'Give a value in the allowed range, or leave the setting out for the default.',
    },
  );
}
