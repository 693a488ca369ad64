import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, localDeviation, planeOf, resampleArea, type Trimap } from '@cellmixer/pixels';
import type { Calibration, Culture, ImageSource, Modality } from '../contracts.ts';
import { makeMask } from '../foreground/make-mask.ts';
import { measureBackground } from '../foreground/measure-background.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { quantileOf } from '../foreground/sample-values.ts';
import { removeLight, workingSize } from './calibrate-image.ts';
import { estimateCellDiameter } from './cell-diameter.ts';
import { detectModality } from './detect-modality.ts';
import { throwIfCancelled } from './prepare-cultures.ts';
import { resampleTrimap } from './prepare-image.ts';

export interface CalibrateOptions {
  /** Default `auto`: what most pictures look like. */
  readonly modality?: Modality | 'auto';
  /** Typical cell diameter in native pixels; default `auto`. */
  readonly cellDiameterPx?: number | 'auto';
  /** Diameter of the typical cell at the working scale, default 27 pixels. */
  readonly targetDiameter?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pictures of each culture that are measured, evenly spread over its list: more hardly move a pooled figure. */
const MEASURED_PER_CULTURE = 12;
const INTENSITY_QUANTILE = 0.98;
const NOISE_SIGMA = 1.5;

/** What one picture adds to the run's calibration. */
interface Measured {
  readonly type: number;
  readonly source: ImageSource;
  readonly relative: FloatImage;
  readonly trimap: Trimap;
  readonly diameter: number | null;
}

/**
 * Measures what turns native pixels into network input: modality, working scale, intensity scale and noise. One
 * set for the whole run, pooled over all cultures with equal weight, so that no scale tells the class.
 *
 * @throws CellMixerError INVALID_ARGUMENT for differing channels or settings out of range; NO_FOREGROUND where no
 * picture of any culture shows cells beside background; CANCELLED.
 */
export async function calibrate(
  cultures: readonly Culture[],
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const { targetDiameter = 27 } = options;
  requirePositive('targetDiameter', targetDiameter);
  if (typeof options.cellDiameterPx === 'number') requirePositive('cellDiameterPx', options.cellDiameterPx);
  const picked = cultures.map((culture) => spread(culture.images, MEASURED_PER_CULTURE));
  const channels = requireSameChannels(picked.flat());
  const modality =
    options.modality === undefined || options.modality === 'auto'
      ? await commonModality(picked, options.signal)
      : options.modality;
  const pixelSizeUm = commonPixelSize(picked.flat());
  const measured = await measureAll(picked, modality, options);
  const cellDiameterPx =
    typeof options.cellDiameterPx === 'number'
      ? options.cellDiameterPx
      : pooledDiameter(measured, cultures.length, pixelSizeUm);
  const workingScale = snapScale(targetDiameter / cellDiameterPx);
  const atScale = measured.map((picture) => atWorkingScale(picture, workingScale, pixelSizeUm));
  const intensityScale = Array.from({ length: channels }, (_, c) => pooledIntensity(atScale, c));
  return {
    modality,
    channels,
    cellDiameterPx,
    workingScale,
    pixelSizeUm,
    intensityScale,
    noise: highestNoise(atScale, cultures.length, intensityScale),
  };
}

/** Nearest of 1/12, 2/12 … 1 (below 1/12: of 1/13, 1/14 …), so that nearly equal runs agree. */
export function snapScale(scale: number): number {
  if (scale < 1 / 12) return 1 / Math.round(1 / scale);
  return Math.min(12, Math.max(1, Math.round(scale * 12))) / 12;
}

async function measureAll(
  picked: readonly (readonly ImageSource[])[],
  modality: Modality,
  options: CalibrateOptions,
): Promise<Measured[]> {
  const parameters = defaultForegroundParameters(modality);
  const total = picked.reduce((sum, images) => sum + images.length, 0);
  const measured: Measured[] = [];
  let done = 0;
  for (const [type, images] of picked.entries()) {
    for (const source of images) {
      throwIfCancelled(options.signal);
      const image = await source.read();
      const background = measureBackground(image, { modality });
      const { mask, trimap, quality } = makeMask(background, parameters);
      if (!quality.confluent && quality.objects > 0) {
        const relative = removeLight(image, background.illumination, modality);
        measured.push({ type, source, relative, trimap, diameter: estimateCellDiameter(background, mask) });
      }
      options.onProgress?.(++done, total);
    }
  }
  if (measured.length === 0) {
    throw new CellMixerError(
      'NO_FOREGROUND',
      `none of ${total} measured pictures shows cells beside background`,
      {
        cure: 'Add pictures of lower confluence, or check that the modality is right.',
      },
    );
  }
  return measured;
}

async function commonModality(
  picked: readonly (readonly ImageSource[])[],
  signal: AbortSignal | undefined,
): Promise<Modality> {
  const votes: Record<Modality, number> = { transmitted: 0, stained: 0, fluorescence: 0 };
  for (const images of picked) {
    for (const source of spread(images, 3)) {
      throwIfCancelled(signal);
      votes[detectModality(await source.read())]++;
    }
  }
  const order = ['transmitted', 'stained', 'fluorescence'] as const;
  return order.reduce((best, next) => (votes[next] > votes[best] ? next : best));
}

/** Median over cultures of the median over pictures, in native pixels of the common pixel size. */
function pooledDiameter(measured: readonly Measured[], types: number, pixelSizeUm: number | null): number {
  const perCulture: number[] = [];
  for (let type = 0; type < types; type++) {
    const own = measured
      .filter((picture) => picture.type === type && picture.diameter !== null)
      .map((picture) => picture.diameter! * sizeRatio(picture.source, pixelSizeUm));
    if (own.length > 0) perCulture.push(median(own));
  }
  if (perCulture.length === 0) {
    throw new CellMixerError('NO_FOREGROUND', 'no picture shows cells whose size could be measured', {
      cure: 'Set cellDiameterPx to the typical diameter of a cell in pixels.',
    });
  }
  return Math.exp(perCulture.reduce((sum, d) => sum + Math.log(d), 0) / perCulture.length);
}

interface AtScale {
  readonly type: number;
  readonly relative: FloatImage;
  readonly trimap: Trimap;
}

function atWorkingScale(picture: Measured, scale: number, pixelSizeUm: number | null): AtScale {
  const { width, height } = workingSize(picture.relative, scale * sizeRatio(picture.source, pixelSizeUm));
  const relative = resampleArea(picture.relative, width, height);
  return { type: picture.type, relative, trimap: resampleTrimap(picture.trimap, relative) };
}

/** Quantile of |relative| over sure cell pixels, each culture with the same weight. */
function pooledIntensity(pictures: readonly AtScale[], channel: number): number {
  const perPicture = 20_000;
  const byType = Map.groupBy(pictures, (picture) => picture.type);
  const scales: number[] = [];
  for (const own of byType.values()) {
    const values: number[] = [];
    for (const { relative, trimap } of own) {
      const { data } = planeOf(relative, channel);
      const step = Math.max(1, Math.floor(data.length / perPicture)) | 1;
      for (let i = 0; i < data.length; i += step) if (trimap.data[i] === 1) values.push(Math.abs(data[i]!));
    }
    if (values.length > 0) scales.push(quantileOf(Float32Array.from(values).sort(), INTENSITY_QUANTILE));
  }
  const pooled = scales.reduce((sum, s) => sum + s, 0) / Math.max(1, scales.length);
  // A channel in which no cell shows: leave it as it is rather than blow up its noise.
  return pooled > 0 ? pooled : 1;
}

/** Highest over cultures of the median over pictures of the median local deviation of sure background. */
function highestNoise(
  pictures: readonly AtScale[],
  types: number,
  intensityScale: readonly number[],
): number {
  let highest = 0;
  for (let type = 0; type < types; type++) {
    const own = pictures.filter((picture) => picture.type === type);
    for (const [c, scale] of intensityScale.entries()) {
      const levels = own.map(({ relative, trimap }) => backgroundNoise(relative, trimap, c) / scale);
      if (levels.length > 0) highest = Math.max(highest, median(levels));
    }
  }
  return highest;
}

function backgroundNoise(relative: FloatImage, trimap: Trimap, channel: number): number {
  const deviation = localDeviation(planeOf(relative, channel), NOISE_SIGMA).data.filter(
    (_, i) => trimap.data[i] === 0,
  );
  return deviation.length === 0 ? 0 : quantileOf(deviation.sort(), 0.5);
}

/** Pixels of the common size per pixel of this picture. */
function sizeRatio(source: ImageSource, pixelSizeUm: number | null): number {
  return pixelSizeUm === null || source.pixelSizeUm === null ? 1 : source.pixelSizeUm / pixelSizeUm;
}

function commonPixelSize(sources: readonly ImageSource[]): number | null {
  const sizes = sources.flatMap((source) => (source.pixelSizeUm === null ? [] : [source.pixelSizeUm]));
  // Where only some pictures say their size, the others would be rescaled by a guess.
  return sizes.length === sources.length && sizes.length > 0 ? median(sizes) : null;
}

function requireSameChannels(sources: readonly ImageSource[]): number {
  const first = sources[0];
  if (first === undefined) {
    throw new CellMixerError('INVALID_ARGUMENT', 'there are no pictures to calibrate on', {
      cure: 'Add at least one picture to a culture.',
    });
  }
  const odd = sources.find((source) => source.channels !== first.channels);
  if (odd) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `"${odd.name}" has ${odd.channels} channels, "${first.name}" has ${first.channels}; all pictures must agree`,
      { subject: odd.name, cure: 'Convert the pictures to the same channels.' },
    );
  }
  return first.channels;
}

function requirePositive(name: string, value: number): void {
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

/** `count` members at even distances, the first and the last among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
