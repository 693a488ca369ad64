import {
  type FloatImage,
  localDeviation,
  normalisedConvolution,
  otsu,
  type Plane,
  planeOf,
} from '@cellmixer/pixels';
import type { Modality } from '../contracts.ts';
import { type BackgroundMode, findBackgroundMode } from './background-mode.ts';
import { sampleSorted, sampleValues } from './sample-values.ts';
import { leastLight, pickChannels, signalChannels, signalOf } from './signal.ts';
import { wideQuantile } from './wide-quantile.ts';

/** The light that would reach the camera without cells, and which pixels showed it. */
export interface Illumination {
  /** Same channels as the picture, native values, > 0 where light is divided out. */
  readonly image: FloatImage;
  /** 1 where a pixel was taken for background. */
  readonly used: Uint8Array;
  /** False where no background could be told from cells and a wide mean or quantile stands in. */
  readonly found: boolean;
}

/** Below this share of background pixels the estimate would rest on chance. */
const LEAST_BACKGROUND = 0.02;
/** σ of the estimate as a share of the longer side: far wider than cells, narrower than vignetting. */
const WIDTH_SHARE = 1 / 8;
const LEAST_SIGMA = 32;
/** Added to a relative deviation before its logarithm, so that noise-free backgrounds stay finite. */
export const DEVIATION_FLOOR = 0.001;
/**
 * The logarithm of the deviation of noise alone spreads by 0.13–0.34 (fine to coarse grain); where cells cover
 * everything it mostly spreads by more, and where it does not (even sheets) the deviation is larger than any
 * noise: 0.17 of the light and more. Figures in docs/method.md.
 */
const WIDEST_NOISE_SPREAD = 0.42;
const STRONGEST_NOISE = 0.12;

/** Whether a mode of the deviation's logarithm can be background; `level` is the light it is relative to. */
export function looksLikeNoise({ mode, spread }: BackgroundMode, level = 1): boolean {
  return spread <= WIDEST_NOISE_SPREAD && Math.exp(mode) <= STRONGEST_NOISE * level;
}

/** Mean over the channels. */
export function meanPlane(image: FloatImage): Plane {
  const { width, height, channels } = image;
  if (channels === 1) return planeOf(image, 0);
  const size = width * height;
  const data = new Float32Array(size);
  for (let c = 0; c < channels; c++) {
    const values = planeOf(image, c).data;
    for (let i = 0; i < size; i++) data[i]! += values[i]!;
  }
  for (let i = 0; i < size; i++) data[i]! /= channels;
  return { width, height, data };
}

/**
 * Estimates the illumination of a picture from its background pixels alone: those of low local deviation
 * (transmitted light), those that absorb little (stained), those that shine little (fluorescence). Where there is
 * no background, a wide mean (transmitted) or quantile stands in.
 *
 * @param deviation the local deviation of `meanPlane(image)` where the caller has it already.
 */
export function estimateIllumination(image: FloatImage, modality: Modality, deviation?: Plane): Illumination {
  if (modality === 'transmitted') {
    return illuminationByDeviation(image, deviation ?? localDeviation(meanPlane(image), 1.5));
  }
  return illuminationByIntensity(image, modality);
}

function illuminationByDeviation(image: FloatImage, deviation: Plane): Illumination {
  const level = Math.max(1e-12, meanOf(sampleValues(meanPlane(image).data, image.width)));
  const floor = DEVIATION_FLOOR * level;
  const peak = findBackgroundMode(sampleSorted(deviation.data, image.width).map((v) => Math.log(v + floor)));
  const limit = Math.exp(peak.mode + 2 * Math.max(peak.spread, 0.05)) - floor;
  const { used, share } = atMost(deviation, limit);
  const found = share >= LEAST_BACKGROUND && looksLikeNoise(peak, level);
  return { image: meansOf(image, found ? used : used.fill(1), 1e-6 * level), used, found };
}

/** The quantile that starts the search is biased by the share of cells; the mean that follows it is not. */
function illuminationByIntensity(image: FloatImage, modality: 'stained' | 'fluorescence'): Illumination {
  const channels = signalChannels(image, modality);
  const shown = pickChannels(image, channels);
  const least = modality === 'stained' ? leastLight(shown) : Number.NEGATIVE_INFINITY;
  const quantile = modality === 'stained' ? 0.9 : 0.2;
  const side = Math.max(24, Math.max(image.width, image.height) / 8);
  const first = backgroundUnder(shown, quantileLight(shown, quantile, side, least), modality);
  if (first.share < LEAST_BACKGROUND) {
    return { image: quantileLight(image, quantile, side, least), used: first.used.fill(0), found: false };
  }
  const { used, share } = backgroundUnder(shown, meansOf(shown, first.used, least), modality);
  const found = share >= LEAST_BACKGROUND;
  return { image: meansOf(image, found ? used : first.used, least), used: found ? used : first.used, found };
}

/** Pixels up to half-way between the background's mode and Otsu's threshold of the signal. */
function backgroundUnder(shown: FloatImage, light: FloatImage, modality: 'stained' | 'fluorescence') {
  const signal = signalOf(shown, light, modality);
  const sorted = sampleSorted(signal.data, shown.width);
  return atMost(signal, (findBackgroundMode(sorted).mode + otsu(sorted)) / 2);
}

function atMost(plane: Plane, limit: number): { used: Uint8Array; share: number } {
  const used = new Uint8Array(plane.data.length);
  let count = 0;
  for (let i = 0; i < used.length; i++) {
    if (plane.data[i]! <= limit) {
      used[i] = 1;
      count++;
    }
  }
  return { used, share: count / used.length };
}

/** Wide mean of each channel over the pixels in `used`, at least `least`. */
function meansOf(image: FloatImage, used: Uint8Array, least: number): FloatImage {
  const { width, height } = image;
  const sigma = Math.max(LEAST_SIGMA, WIDTH_SHARE * Math.max(width, height));
  const weights = { width, height, data: used };
  return mapChannels(image, (plane) => atLeast(normalisedConvolution(plane, weights, sigma), least));
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function quantileLight(image: FloatImage, quantile: number, side: number, least: number): FloatImage {
  return mapChannels(image, (plane) => atLeast(wideQuantile(plane, quantile, side), least));
}

function atLeast(plane: Plane, least: number): Plane {
  const { data } = plane;
  for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i]!, least);
  return plane;
}

function mapChannels(image: FloatImage, map: (plane: Plane) => Plane): FloatImage {
  const size = image.width * image.height;
  const data = new Float32Array(size * image.channels);
  for (let c = 0; c < image.channels; c++) data.set(map(planeOf(image, c)).data, c * size);
  return { ...image, data };
}
