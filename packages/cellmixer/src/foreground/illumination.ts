import { type FloatImage, gaussian, localDeviation, otsu, type Plane, planeOf } from '@cellmixer/pixels';
import type { Modality } from '../contracts.ts';
import { findBackgroundMode } from './background-mode.ts';
import { wideMean, wideQuantile } from './coarse-grid.ts';
import { quantileOf, sampleSorted } from './sample-values.ts';

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
/** Log deviation of noise alone spreads by 0.15–0.35 (fine to coarse grain); of cells by 0.6 and more. */
export const WIDEST_NOISE_SPREAD = 0.45;

export function wideSigma(image: FloatImage): number {
  return Math.max(LEAST_SIGMA, WIDTH_SHARE * Math.max(image.width, image.height));
}

/** Mean over the channels. */
export function meanPlane(image: FloatImage): Plane {
  if (image.channels === 1) return planeOf(image, 0);
  const size = image.width * image.height;
  const data = new Float32Array(size);
  for (let c = 0; c < image.channels; c++) {
    const o = c * size;
    for (let i = 0; i < size; i++) data[i]! += image.data[o + i]! / image.channels;
  }
  return { width: image.width, height: image.height, data };
}

/**
 * Estimates the illumination of a picture from its background pixels alone: those of low local deviation
 * (transmitted light), those that absorb little (stained), those that shine little (fluorescence).
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
  const sigma = wideSigma(image);
  const level = Math.max(1e-12, quantileOf(sampleSorted(meanPlane(image).data, image.width), 0.5));
  const floor = DEVIATION_FLOOR * level;
  const sorted = sampleSorted(deviation.data, image.width);
  for (let i = 0; i < sorted.length; i++) sorted[i] = Math.log(sorted[i]! + floor);
  const { mode, spread } = findBackgroundMode(sorted);
  const limit = Math.exp(mode + 2 * Math.max(spread, 0.05)) - floor;
  const used = new Uint8Array(deviation.data.length);
  let count = 0;
  for (let i = 0; i < used.length; i++) {
    if (deviation.data[i]! <= limit) {
      used[i] = 1;
      count++;
    }
  }
  const found = spread <= WIDEST_NOISE_SPREAD && count >= LEAST_BACKGROUND * used.length;
  if (!found) used.fill(0);
  return { image: meansOf(image, found ? used : null, sigma, 1e-6 * level), used, found };
}

/** Added to a relative deviation before its logarithm, so that noise-free backgrounds stay finite. */
export const DEVIATION_FLOOR = 0.001;

function meansOf(image: FloatImage, used: Uint8Array | null, sigma: number, least: number): FloatImage {
  const size = image.width * image.height;
  const data = new Float32Array(size * image.channels);
  for (let c = 0; c < image.channels; c++) {
    const mean = wideMean(planeOf(image, c), used, sigma).data;
    const o = c * size;
    for (let i = 0; i < size; i++) data[o + i] = Math.max(least, mean[i]!);
  }
  return { ...image, data };
}

function illuminationByIntensity(image: FloatImage, modality: 'stained' | 'fluorescence'): Illumination {
  const size = image.width * image.height;
  const sigma = wideSigma(image);
  const side = Math.max(24, Math.max(image.width, image.height) / 8);
  const quantile = modality === 'stained' ? 0.9 : 0.2;
  let light = mapPlanes(image, (plane) => wideQuantile(plane, quantile, side));
  const least = modality === 'stained' ? leastLight(image) : Number.NEGATIVE_INFINITY;
  let used: Uint8Array = new Uint8Array(size);
  let found = false;
  // The quantile is biased by the share of cells, so the background is looked for twice.
  for (let round = 0; round < 2; round++) {
    const signal = signalOf(image, light, modality);
    const sorted = sampleSorted(signal.data, image.width);
    const limit = (findBackgroundMode(sorted).mode + otsu(sorted)) / 2;
    const next = new Uint8Array(size);
    let count = 0;
    for (let i = 0; i < size; i++) {
      if (signal.data[i]! <= limit) {
        next[i] = 1;
        count++;
      }
    }
    found = count >= LEAST_BACKGROUND * size;
    if (!found) break;
    used = next;
    light = meansOf(image, used, sigma, least);
  }
  if (!found) used.fill(0);
  return { image: light, used, found };
}

/** A thousandth of the brightest light: keeps ratios finite in black corners. */
function leastLight(image: FloatImage): number {
  return Math.max(1e-12, 0.001 * quantileOf(sampleSorted(meanPlane(image).data, image.width), 0.98));
}

/**
 * What cells add to the background, > 0 inside cells: optical density −ln(value ÷ light) of green (of the mean of
 * the channels where they are not three), or value − light summed over the channels. Blurred by one pixel.
 */
export function signalOf(image: FloatImage, light: FloatImage, modality: 'stained' | 'fluorescence'): Plane {
  const { width, height, channels } = image;
  const size = width * height;
  const data = new Float32Array(size);
  const taken =
    modality === 'stained' && channels === 3 ? [1] : Array.from({ length: channels }, (_, c) => c);
  const least = modality === 'stained' ? leastLight(image) : 0;
  for (const c of taken) {
    const o = c * size;
    for (let i = 0; i < size; i++) {
      const v = image.data[o + i]!;
      const l = light.data[o + i]!;
      data[i]! += modality === 'stained' ? -Math.log(Math.max(v, least) / l) / taken.length : v - l;
    }
  }
  return gaussian({ width, height, data }, 1);
}

function mapPlanes(image: FloatImage, map: (plane: Plane) => Plane): FloatImage {
  const size = image.width * image.height;
  const data = new Float32Array(size * image.channels);
  for (let c = 0; c < image.channels; c++) data.set(map(planeOf(image, c)).data, c * size);
  return { ...image, data };
}
