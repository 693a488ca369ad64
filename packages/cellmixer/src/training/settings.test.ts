import { expect, it } from 'vitest';
import { parseTrainingSettings } from './settings.ts';

it('fills what is left out from the preset', () => {
  expect(parseTrainingSettings({})).toMatchObject({
    preset: 'balanced',
    steps: 2000,
    batch: 8,
    cropSize: 128,
  });
  expect(parseTrainingSettings({ preset: 'fast', batch: 4 })).toMatchObject({ steps: 600, batch: 4 });
});

it.each([
  [{ steps: 0 }, 'steps = 0'],
  [{ batch: 6 }, 'batch = 6'],
  [{ cropSize: 100 }, 'cropSize = 100'],
  [{ learningRate: -1 }, 'learningRate = -1'],
  [{ seed: 1.5 }, 'seed = 1.5'],
])('names the setting and the value in %j', (settings, message) => {
  expect(() => parseTrainingSettings(settings)).toThrow(message);
});
