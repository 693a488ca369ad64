import { describe, expect, it } from 'vitest';
import { baselineRecipe, cellmixerRecipe, paperRecipe, parseRecipe, recipeSchema } from './recipes.ts';

describe('recipes', () => {
  it('of every kind of light are within their own ranges', () => {
    for (const modality of ['transmitted', 'stained', 'fluorescence'] as const) {
      for (const recipe of [cellmixerRecipe(modality), baselineRecipe(modality), paperRecipe(modality)]) {
        expect(recipeSchema.parse(recipe)).toEqual(recipe);
      }
    }
  });

  it('of the baseline differ from the method in the modes alone', () => {
    const { modes, ...rest } = baselineRecipe('transmitted');
    const { modes: mixed, ...others } = cellmixerRecipe('transmitted');
    expect(rest).toEqual(others);
    expect(modes).toEqual({ paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 1 });
    expect(mixed.paste).toBeGreaterThan(0);
  });

  it('out of range are refused by the name of the setting', () => {
    const recipe = cellmixerRecipe('transmitted');
    const noise = { ...recipe, augment: { ...recipe.augment, noise: 0.12 } };
    expect(() => parseRecipe(noise)).toThrow(/recipe\.augment\.noise/);
    expect(() => parseRecipe({ ...recipe, confluence: [0.8, 0.2] })).toThrow(/recipe\.confluence/);
    const none = { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 0 };
    expect(() => parseRecipe({ ...recipe, modes: none })).toThrow(/one mode/);
  });
});
