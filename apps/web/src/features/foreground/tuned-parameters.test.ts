import { expect, it } from 'vitest';
import { inputOf, readNumbers } from './tuned-parameters.ts';

it('moves what has a slider and leaves out the rest', () => {
  expect(readNumbers({ sensitivity: 3, threshold: 'otsu', minObjectArea: '90' })).toEqual({ sensitivity: 3 });
  expect(readNumbers(null)).toEqual({});
});

it('sends on what was set without a slider, in the words of the API', () => {
  const standing = { feature: 'intensity', threshold: 'otsu', deviationSigma: 2, sensitivity: 3, other: 1 };
  expect(inputOf(standing, { closingRadius: 1.5 })).toEqual({
    feature: 'INTENSITY',
    threshold: 'OTSU',
    deviationSigma: 2,
    sensitivity: 3,
    closingRadius: 1.5,
  });
});

it('takes the height above the background once somebody sets it, whatever chose the threshold before', () => {
  expect(inputOf({ threshold: 'otsu' }, { sensitivity: 4 })).toEqual({ threshold: 'MODE', sensitivity: 4 });
});
