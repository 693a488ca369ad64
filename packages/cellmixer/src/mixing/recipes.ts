import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { Modality, Recipe } from '../contracts.ts';

const share = z.number().min(0).max(1);

export const recipeSchema = z.strictObject({
  cropSize: z.int().min(32).max(512).multipleOf(16),
  modes: z
    .strictObject({
      paste: z.number().min(0),
      overlay: z.number().min(0),
      mixup: z.number().min(0),
      pure: z.number().min(0),
      juxtapose: z.number().min(0),
    })
    .refine(
      (modes) => Object.values(modes).some((weight) => weight > 0),
      'one mode must have a weight above 0',
    ),
  overlap: z.enum(['upper', 'ignore', 'both']),
  maxOverlap: share,
  touching: share,
  confluence: z
    .tuple([share, share])
    .refine(([least, most]) => least <= most, 'the first number must not be above the second'),
  freeCanvas: share,
  levelNoise: z.boolean(),
  haloPx: z.number().min(0).max(64),
  splitClumps: share,
  augment: z.strictObject({
    flips: z.boolean(),
    rotation: z.number().min(0).max(45),
    scale: z.number().min(0).max(0.3),
    contrast: z.number().min(0).max(0.9),
    gamma: z.number().min(0).max(0.5),
    blur: z.number().min(0).max(1),
    noise: z.number().min(0).max(0.05),
    elastic: z.number().min(0).max(6),
  }),
});

/** @throws INVALID_ARGUMENT naming the setting */
export function parseRecipe(recipe: Recipe): Recipe {
  const result = recipeSchema.safeParse(recipe);
  if (result.success) return recipe;
  const issue = result.error.issues[0];
  const subject = `recipe.${issue?.path.join('.') ?? ''}`;
  throw new CellMixerError('INVALID_ARGUMENT', `${subject}: ${issue?.message ?? 'not allowed'}`, { subject });
}

/** Mixtures of all kinds, for one kind of light. */
export function cellmixerRecipe(modality: Modality): Recipe {
  return {
    cropSize: 128,
    modes: modesFor[modality],
    overlap: 'upper',
    maxOverlap: 0.15,
    touching: 0.5,
    confluence: [0.1, 0.9],
    freeCanvas: 0.5,
    levelNoise: true,
    haloPx: 10,
    splitClumps: 0.3,
    augment: {
      flips: true,
      rotation: 8,
      scale: 0.1,
      contrast: contrastFor[modality],
      gamma: 0.15,
      blur: 0.7,
      noise: 0.04,
      elastic: 1.5,
    },
  };
}

/** Strength of stain goes together with the type where every slide holds one; thin cells of other lines are pale. */
const contrastFor: Readonly<Record<Modality, number>> = {
  transmitted: 0.4,
  stained: 0.7,
  fluorescence: 0.15,
};

const modesFor: Readonly<Record<Modality, Recipe['modes']>> = {
  transmitted: { paste: 0.45, overlay: 0.05, mixup: 0.2, juxtapose: 0.2, pure: 0.1 },
  stained: { paste: 0.55, overlay: 0.1, mixup: 0.05, juxtapose: 0.2, pure: 0.1 },
  fluorescence: { paste: 0.45, overlay: 0.2, mixup: 0.1, juxtapose: 0.15, pure: 0.1 },
};

/** Pure pictures only, all else identical. */
export function baselineRecipe(modality: Modality): Recipe {
  return {
    ...cellmixerRecipe(modality),
    modes: { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 1 },
  };
}

/** Mixup of whole crops with plain flips and turns, none of the extras. */
export function paperRecipe(modality: Modality): Recipe {
  return {
    ...cellmixerRecipe(modality),
    modes: { paste: 0, overlay: 0, mixup: 1, juxtapose: 0, pure: 0 },
    freeCanvas: 0,
    levelNoise: false,
    splitClumps: 0,
    augment: { flips: true, rotation: 0, scale: 0, contrast: 0, gamma: 0, blur: 0, noise: 0, elastic: 0 },
  };
}
