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

/** Up to 1.5 times this diameter (as `calibrate` estimates it) the lengths below are right for phase contrast. */
const REFERENCE_DIAMETER = 38;

/**
 * One set for each modality, found on phase contrast of six lines and on stained smears (docs/method.md).
 * Deviation spreads beyond a border by a pixel or two, hence the erosion; intensity does not.
 *
 * @param cellDiameterPx the run's cell diameter (`Calibration.cellDiameterPx`), where known: lengths grow with it,
 * for pictures of other magnification. In transmitted light they grow in steps of a half and never shrink: what
 * sets them there is the optics more than the cell.
 */
export function defaultForegroundParameters(
  modality: Modality,
  cellDiameterPx: number = REFERENCE_DIAMETER,
): ForegroundParameters {
  const size = cellDiameterPx / REFERENCE_DIAMETER;
  const s =
    modality === 'transmitted'
      ? Math.min(6, Math.max(1, Math.floor(2 * size) / 2))
      : Math.min(8, Math.max(0.3, Math.round(10 * size) / 10));
  if (modality === 'transmitted') {
    return {
      feature: 'auto',
      threshold: 'mode',
      deviationSigma: 1.5 * s,
      sensitivity: 2.5,
      closingRadius: 1.5 * s,
      maxHoleArea: 50 * s * s,
      borderErosion: 2.5 * s,
      minObjectArea: 90 * s * s,
      undecidedBand: s,
    };
  }
  return {
    feature: 'auto',
    threshold: modality === 'stained' ? 'otsu' : 'li',
    deviationSigma: 1.5,
    sensitivity: 3,
    closingRadius: s,
    maxHoleArea: 600 * s * s,
    borderErosion: 0,
    minObjectArea: 90 * s * s,
    undecidedBand: 2 * s,
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
