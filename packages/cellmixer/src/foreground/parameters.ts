import { z } from 'zod';
import type { ForegroundParameters, Modality } from '../contracts.ts';

const FEATURES = ['auto', 'deviation', 'intensity', 'stain'] as const;
const THRESHOLDS = ['mode', 'otsu', 'li', 'triangle'] as const;

/** A number in a range, whose error names the setting, the value and the range that cures it. */
function between(name: string, min: number, max: number) {
  return z.number({ error: (issue) => sentence(name, issue.input, min, max) }).refine(
    (value) => value >= min && value <= max,
    // zod hands the refused value on as `input`.
    { error: (issue) => sentence(name, issue.input, min, max) },
  );
}

function sentence(name: string, value: unknown, min: number, max: number): string {
  return `${name} is ${String(value)}; set it to a number from ${min} to ${max}`;
}

function oneOf<const T extends readonly [string, ...string[]]>(name: string, values: T) {
  return z.enum(values, {
    error: (issue) => `${name} is ${String(issue.input)}; choose one of ${values.join(', ')}`,
  });
}

/** Settings of the unsupervised foreground, lengths in native pixels. Unknown settings are refused. */
export const foregroundParametersSchema = z.strictObject({
  feature: oneOf('feature', FEATURES),
  threshold: oneOf('threshold', THRESHOLDS),
  deviationSigma: between('deviationSigma', 0.5, 10),
  sensitivity: between('sensitivity', 0.5, 20),
  closingRadius: between('closingRadius', 0, 50),
  maxHoleArea: between('maxHoleArea', 0, 1_000_000),
  borderErosion: between('borderErosion', 0, 30),
  minObjectArea: between('minObjectArea', 0, 1_000_000),
  undecidedBand: between('undecidedBand', 0, 50),
});

/**
 * One set for each modality, found on phase contrast of six lines and on stained smears (see docs/method.md).
 * Deviation sees light-free borders of a pixel or two as cell, hence the erosion; intensity does not.
 */
export function defaultForegroundParameters(modality: Modality): ForegroundParameters {
  if (modality === 'transmitted') {
    return {
      feature: 'auto',
      threshold: 'mode',
      deviationSigma: 1.5,
      sensitivity: 2.5,
      closingRadius: 2,
      maxHoleArea: 50,
      borderErosion: 2.5,
      minObjectArea: 90,
      undecidedBand: 2,
    };
  }
  return {
    feature: 'auto',
    threshold: modality === 'stained' ? 'otsu' : 'li',
    deviationSigma: 1.5,
    sensitivity: 3,
    closingRadius: 1,
    maxHoleArea: 400,
    borderErosion: 0,
    minObjectArea: 90,
    undecidedBand: 2,
  };
}

/** The feature that `auto` stands for. */
export function resolveFeature(
  feature: ForegroundParameters['feature'],
  modality: Modality,
): Exclude<ForegroundParameters['feature'], 'auto'> {
  if (feature !== 'auto') return feature;
  return modality === 'transmitted' ? 'deviation' : 'intensity';
}
