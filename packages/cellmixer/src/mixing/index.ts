export { type Composer, type ComposerOptions, createComposer } from './compose-sample.ts';
export { baselineRecipe, cellmixerRecipe, paperRecipe, parseRecipe, recipeSchema } from './recipes.ts';
export { createSampler, type Sampler, type SamplerOptions } from './sampler.ts';
