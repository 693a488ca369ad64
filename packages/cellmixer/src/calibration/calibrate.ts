import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, type Mask, resampleArea, type Trimap } from '@cellmixer/pixels';
import type { Calibration, Culture, ImageSource, Modality } from '../contracts.ts';
import { makeMask } from '../foreground/make-mask.ts';
import { type Background, measureBackground } from '../foreground/measure-background.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { removeLight, workingSize } from './calibrate-image.ts';
import { estimateCellDiameter } from './cell-diameter.ts';
import { commonChannels, commonPixelSize, sizeRatio } from './common-values.ts';
import { detectModality } from './detect-modality.ts';
import {
  highestNoise,
  type IntensityMeasure,
  measureIntensity,
  pooledIntensity,
} from './measure-intensity.ts';
import { evenlySpread, mean, mediansByType } from './pooled.ts';
import { throwIfCancelled } from './prepare-cultures.ts';
import { resampleTrimap } from './prepare-image.ts';
import { readNative } from './read-native.ts';

export interface CalibrateOptions {
  /** Default `auto`: what most pictures look like. */
  readonly modality?: Modality | 'auto';
  /** Typical cell diameter in native pixels; default `auto`. */
  readonly cellDiameterPx?: number | 'auto';
  /** Diameter of the typical cell at the working scale, default 27 pixels. */
  readonly targetDiameter?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Pictures of each culture that are measured, evenly spread over its list: more hardly move a pooled figure. */
const MEASURED = 6;
const LOOKED_AT_FOR_MODALITY = 3;
/** Agreement between thresholds from which masks by the usual lengths are trusted. */
const TRUSTED = 0.6;
/** Diameters (native pixels) that longer lengths are made for. */
const LARGER_CELLS = [57, 76, 114];

interface Picked {
  readonly type: number;
  readonly source: ImageSource;
}

/**
 * Measures what turns native pixels into network input: modality, working scale, intensity scale and noise. One
 * set for the whole run, pooled over all cultures with equal weight, so that no scale tells the class. Confluent
 * pictures and pictures without cells have no say.
 *
 * @throws CellMixerError INVALID_ARGUMENT for differing channels or settings out of range; NO_FOREGROUND where no
 * picture of any culture shows cells beside background; CANCELLED.
 */
export async function calibrate(
  cultures: readonly Culture[],
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const { targetDiameter = 27, signal } = options;
  requireDiameter('targetDiameter', targetDiameter);
  if (typeof options.cellDiameterPx === 'number') requireDiameter('cellDiameterPx', options.cellDiameterPx);
  const picked = pick(cultures, MEASURED);
  const channels = commonChannels(cultures.flatMap((culture) => culture.images));
  const pixelSizeUm = commonPixelSize(picked.map(({ source }) => source));
  const modality =
    options.modality === undefined || options.modality === 'auto'
      ? await commonModality(pick(cultures, LOOKED_AT_FOR_MODALITY), signal)
      : options.modality;
  const progress = counter(
    picked.length * (typeof options.cellDiameterPx === 'number' ? 1 : 2),
    options.onProgress,
  );
  const cellDiameterPx =
    typeof options.cellDiameterPx === 'number'
      ? options.cellDiameterPx
      : await commonDiameter(picked, modality, pixelSizeUm, progress, signal);
  const workingScale = snapScale(targetDiameter / cellDiameterPx);
  const measures: IntensityMeasure[] = [];
  for await (const { type, source, image, found } of masked(picked, modality, cellDiameterPx, signal)) {
    progress();
    if (found === null) continue;
    const { width, height } = workingSize(image, workingScale * sizeRatio(source, pixelSizeUm));
    const relative = resampleArea(removeLight(image, found.background.illumination, modality), width, height);
    measures.push(measureIntensity(type, relative, resampleTrimap(found.trimap, relative)));
  }
  if (measures.length === 0) throw noForeground(picked.length);
  const intensityScale = Array.from({ length: channels }, (_, c) => pooledIntensity(measures, c));
  return {
    modality,
    channels,
    cellDiameterPx,
    workingScale,
    pixelSizeUm,
    intensityScale,
    noise: highestNoise(measures, intensityScale),
  };
}

/** Nearest of 1/12, 2/12 … 1 (below 1/12: of 1/13, 1/14 …), so that nearly equal runs agree. */
export function snapScale(scale: number): number {
  if (scale < 1 / 12) return 1 / Math.round(1 / scale);
  return Math.min(12, Math.max(1, Math.round(scale * 12))) / 12;
}

interface MaskedPicture extends Picked {
  readonly image: FloatImage;
  /** Null where the picture is confluent or shows no cells. */
  readonly found: {
    readonly background: Background;
    readonly mask: Mask;
    readonly trimap: Trimap;
    readonly agreement: number;
  } | null;
}

/** Reads the pictures one after another and finds their cells; one picture in memory at a time. */
async function* masked(
  picked: readonly Picked[],
  modality: Modality,
  cellDiameterPx: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<MaskedPicture> {
  const parameters = defaultForegroundParameters(modality, cellDiameterPx);
  for (const { type, source } of picked) {
    throwIfCancelled(signal);
    const image = await readNative(source);
    const background = measureBackground(image, { modality, deviationSigma: parameters.deviationSigma });
    const { mask, trimap, quality } = makeMask(background, parameters);
    const usable = !quality.confluent && quality.objects > 0;
    yield {
      type,
      source,
      image,
      found: usable ? { background, mask, trimap, agreement: quality.agreement } : null,
    };
  }
}

interface SizeMeasure {
  /** Of masks by different thresholds: mean over cultures of the median over pictures, 0…1. */
  readonly agreement: number;
  /** Geometric mean over cultures of the median over pictures, in pixels of the common size. */
  readonly diameter: number;
}

/**
 * The typical diameter. In transmitted light masks by the usual lengths show the texture within cells much larger
 * than those lengths are made for: where thresholds do not agree on the cells, longer lengths are tried too, and
 * those on which they agree best are taken.
 */
async function commonDiameter(
  picked: readonly Picked[],
  modality: Modality,
  pixelSizeUm: number | null,
  progress: () => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const measure = (lengthsFor?: number) =>
    measureSize(picked, modality, pixelSizeUm, lengthsFor, progress, signal);
  let best = await measure();
  if (modality === 'transmitted' && (best === null || best.agreement < TRUSTED)) {
    for (const lengthsFor of LARGER_CELLS) {
      const other = await measure(lengthsFor);
      if (other !== null && (best === null || other.agreement > best.agreement)) best = other;
    }
  }
  if (best === null) throw noForeground(picked.length);
  return best.diameter;
}

/** @param lengthsFor the diameter that the foreground's lengths are made for, native pixels; the usual if absent */
async function measureSize(
  picked: readonly Picked[],
  modality: Modality,
  pixelSizeUm: number | null,
  lengthsFor: number | undefined,
  progress: () => void,
  signal: AbortSignal | undefined,
): Promise<SizeMeasure | null> {
  const diameters: { type: number; value: number }[] = [];
  const agreements: { type: number; value: number }[] = [];
  for await (const { type, source, found } of masked(picked, modality, lengthsFor, signal)) {
    if (lengthsFor === undefined) progress();
    if (found === null) continue;
    const of = lengthsFor === undefined ? 'feature' : 'mask';
    const diameter = estimateCellDiameter(found.background, found.mask, of);
    if (diameter) diameters.push({ type, value: diameter * sizeRatio(source, pixelSizeUm) });
    agreements.push({ type, value: found.agreement });
  }
  if (diameters.length === 0) return null;
  return {
    agreement: mean(mediansByType(agreements)),
    diameter: Math.exp(mean(mediansByType(diameters).map(Math.log))),
  };
}

async function commonModality(picked: readonly Picked[], signal: AbortSignal | undefined): Promise<Modality> {
  const votes = { transmitted: 0, stained: 0, fluorescence: 0 };
  for (const { source } of picked) {
    throwIfCancelled(signal);
    votes[detectModality(await readNative(source))]++;
  }
  const order = ['transmitted', 'stained', 'fluorescence'] as const;
  return order.reduce((best, next) => (votes[next] > votes[best] ? next : best));
}

function pick(cultures: readonly Culture[], count: number): Picked[] {
  return cultures.flatMap((culture, type) =>
    evenlySpread(culture.images, count).map((source) => ({ type, source })),
  );
}

function counter(total: number, onProgress: CalibrateOptions['onProgress']): () => void {
  let done = 0;
  return () => onProgress?.(++done, total);
}

function noForeground(pictures: number): CellMixerError {
  return new CellMixerError(
    'NO_FOREGROUND',
    `none of the ${pictures} pictures that were measured shows cells beside background`,
    { cure: 'Add pictures of lower confluence, or set the modality if it was taken for another.' },
  );
}

function requireDiameter(name: string, value: number): void {
  if (!(value > 0 && value < 10_000)) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `${name} is ${value}; it must lie between 0 and 10,000 pixels`,
      {
        cure: 'Give the diameter of a typical cell in pixels.',
      },
    );
  }
}
