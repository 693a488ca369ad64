import { describe, expect, it } from 'vitest';
import { defaultForegroundParameters, foregroundParametersSchema } from './parameters.ts';

describe('foregroundParametersSchema', () => {
  it('accepts the defaults of every modality and magnification', () => {
    for (const modality of ['transmitted', 'stained', 'fluorescence'] as const) {
      for (const diameter of [undefined, 5, 20, 80, 500, 5000]) {
        const parameters = defaultForegroundParameters(modality, diameter);
        expect(foregroundParametersSchema.parse(parameters)).toEqual(parameters);
      }
    }
  });

  it('names the setting, the value and the cure', () => {
    const defaults = defaultForegroundParameters('transmitted');
    const messageOf = (change: object) =>
      foregroundParametersSchema.safeParse({ ...defaults, ...change }).error?.issues[0]?.message;
    expect(messageOf({ sensitivity: 99 })).toBe('sensitivity is 99; set it to a number from 0.5 to 20');
    expect(messageOf({ borderErosion: 'two' })).toBe('borderErosion is two; set it to a number from 0 to 30');
    expect(messageOf({ threshold: 'magic' })).toBe(
      'threshold is magic; choose one of mode, otsu, li, triangle',
    );
    expect(messageOf({ colour: 1 })).toContain('colour');
  });

  it('keeps the lengths of phase contrast for small cells and scales them for large ones', () => {
    expect(defaultForegroundParameters('transmitted', 20)).toEqual(
      defaultForegroundParameters('transmitted'),
    );
    expect(defaultForegroundParameters('transmitted', 80)).toMatchObject({
      deviationSigma: 3,
      borderErosion: 5,
    });
    expect(defaultForegroundParameters('fluorescence', 10).minObjectArea).toBeLessThan(20);
  });
});
