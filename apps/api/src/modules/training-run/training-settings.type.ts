import { type TrainingChoices, trainingChoicesSchema } from '@cellmixer/cellmixer/settings';
import type { TrainingRun } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';

const PresetEnum = builder.enumType('TrainingPreset', {
  description: 'How long and how large: fast for a first look, balanced, accurate for a night or a GPU.',
  values: ['fast', 'balanced', 'accurate'] as const,
});

const TypeHeadEnum = builder.enumType('TrainingTypeHead', {
  description: 'softmax: one type a pixel. sigmoid: several, where cells lie over each other.',
  values: ['softmax', 'sigmoid'] as const,
});

/** What is folded away: nobody needs it for a first model. */
export const RecipeInput = builder.inputType('TrainingRecipeInput', {
  description: 'Details of a training; what is left out comes from the preset.',
  fields: (t) => ({
    batch: t.int({ required: false, description: 'Crops of a step: a multiple of 4, up to 256.' }),
    cropSize: t.int({
      required: false,
      description: 'Side of a crop in working pixels: a multiple of 16, from 32 to 512.',
    }),
    learningRate: t.float({ required: false, description: 'Above 0, up to 0.1; 0.003 by default.' }),
    weightDecay: t.float({ required: false, description: 'From 0 to 1; 0.01 by default.' }),
    typeHead: t.field({
      type: TypeHeadEnum,
      required: false,
      description: 'One type a pixel, or several; softmax by default.',
    }),
    validateEvery: t.int({
      required: false,
      description:
        'Steps between two looks at samples that are not trained on; 0 never. Every fifth of the steps by default.',
    }),
    checkpointEvery: t.int({
      required: false,
      description: 'Steps between two checkpoints; 25 by default.',
    }),
    holdOut: t.boolean({
      required: false,
      description:
        'Keep one replicate of every class out of training to test on, where each has two or more; true by default.',
    }),
  }),
});

/** The settings that every training mutation takes beside the recipe. */
export const settingsFields = (t: InputFields) => ({
  preset: t.field({ type: PresetEnum, required: false, description: 'balanced by default.' }),
  steps: t.int({ required: false, description: 'Steps, instead of the preset’s: up to 1,000,000.' }),
  seed: t.int({ required: false, description: 'Same seed, same model; 1 by default.' }),
  cellDiameterPx: t.float({
    required: false,
    description: 'Typical cell diameter in native pixels, from 2 to 2,000; measured if left out.',
  }),
  recipe: t.field({ type: RecipeInput, required: false, description: 'Details; the preset’s by default.' }),
});
type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0];

interface Given {
  readonly preset?: TrainingChoices['preset'] | null | undefined;
  readonly steps?: number | null | undefined;
  readonly seed?: number | null | undefined;
  readonly cellDiameterPx?: number | null | undefined;
  readonly recipe?: typeof RecipeInput.$inferInput | null | undefined;
}

/**
 * The complete settings of what was asked for.
 *
 * @param before of the run that is cloned: taken where nothing is given; a new preset brings its own steps and crops
 * @throws ZodError naming the setting
 */
export function settingsOfInput(given: Given, before?: TrainingChoices): TrainingChoices {
  const { preset, steps, seed, cellDiameterPx, recipe } = given;
  const chosen = { preset, steps, seed, cellDiameterPx, ...recipe };
  const kept = Object.entries(chosen).filter(([, value]) => value != null);
  const { steps: _, batch, cropSize, validateEvery, ...lasting } = before ?? {};
  const start = preset == null || preset === before?.preset ? { ...before } : lasting;
  // A look falls at a share of the steps, unless somebody chose otherwise.
  if (steps != null && 'validateEvery' in start) delete start.validateEvery;
  return trainingChoicesSchema.parse({ ...start, ...Object.fromEntries(kept) });
}

/** The complete settings of a run. */
export function settingsOfRun({
  preset,
  steps,
  seed,
  settings,
}: Pick<TrainingRun, 'preset' | 'steps' | 'seed' | 'settings'>): TrainingChoices {
  return trainingChoicesSchema.parse({ ...Object(settings), preset, steps, seed });
}

export const SettingsType = builder.objectRef<TrainingChoices>('TrainingSettings').implement({
  description: 'Everything that decides a training besides its pictures.',
  fields: (t) => ({
    preset: t.expose('preset', { type: PresetEnum, description: 'What the rest was filled from.' }),
    steps: t.exposeInt('steps', { description: 'Steps in all; a plateau may end it earlier.' }),
    seed: t.exposeInt('seed', { description: 'The same pictures, settings and seed give the same model.' }),
    cellDiameterPx: t.float({
      nullable: true,
      description: 'Typical cell diameter in native pixels; null where it is measured.',
      resolve: ({ cellDiameterPx }) => (cellDiameterPx === 'auto' ? null : cellDiameterPx),
    }),
    batch: t.exposeInt('batch', { description: 'Crops of a step.' }),
    cropSize: t.exposeInt('cropSize', { description: 'Side of a crop in working pixels.' }),
    learningRate: t.exposeFloat('learningRate', { description: 'At its height.' }),
    weightDecay: t.exposeFloat('weightDecay', { description: 'Of AdamW.' }),
    typeHead: t.expose('typeHead', { type: TypeHeadEnum, description: 'One type a pixel, or several.' }),
    validateEvery: t.exposeInt('validateEvery', { description: 'Steps between two looks; 0 never.' }),
    checkpointEvery: t.exposeInt('checkpointEvery', { description: 'Steps between two checkpoints.' }),
    holdOut: t.exposeBoolean('holdOut', {
      description: 'Whether a replicate of every class is kept out to test on, where each has two or more.',
    }),
  }),
});
