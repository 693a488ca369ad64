import {
  type FloatImage,
  gaussian,
  li,
  localDeviation,
  otsu,
  type Plane,
  planeOf,
  triangle,
} from '@cellmixer/pixels';
import type { ForegroundParameters, Modality } from '../contracts.ts';
import { findBackgroundMode } from './background-mode.ts';
import {
  DEVIATION_FLOOR,
  estimateIllumination,
  type Illumination,
  looksLikeNoise,
  meanPlane,
} from './illumination.ts';
import { nearbyStrength } from './local-maximum.ts';
import { resolveFeature } from './parameters.ts';
import { quantileOf, sampleSorted, sampleStep } from './sample-values.ts';
import { cellSignal } from './signal.ts';
import { stainSignal } from './stain-signal.ts';

export interface BackgroundOptions {
  readonly modality: Modality;
  /** Default `auto`. */
  readonly feature?: ForegroundParameters['feature'];
  /** σ of the local deviation, native pixels, default 1.5. */
  readonly deviationSigma?: number;
}

/** All that `makeMask` needs of a picture; measured once, then masks are cheap. */
export interface Background {
  readonly width: number;
  readonly height: number;
  readonly modality: Modality;
  readonly feature: 'deviation' | 'intensity' | 'stain';
  readonly deviationSigma: number;
  /** The light without cells, per channel, native values. */
  readonly illumination: FloatImage;
  /** The feature less its background mode: about 0 in the background, larger in cells. */
  readonly plane: Plane;
  /** Strongest `plane` nearby, for deviation alone: see `nearbyStrength`. */
  readonly nearby: Plane | null;
  /** The feature's background mode before it was taken off; for deviation the logarithm of the relative noise. */
  readonly mode: number;
  /** Spread of the background on the left of its mode, never 0. */
  readonly spread: number;
  /** Per channel: robust σ of the background pixels around the illumination, in ratio (fluorescence: grey values). */
  readonly noise: readonly number[];
  /** Thresholds on `plane` that look at the whole histogram. */
  readonly thresholds: { readonly otsu: number; readonly li: number; readonly triangle: number };
  /** No background mode: the picture is covered by cells. */
  readonly confluent: boolean;
}

/**
 * Measures light, noise and the background's mode of a picture. Costs about ten times a mask; do it once.
 *
 * @param image native values, any channel count.
 */
export function measureBackground(image: FloatImage, options: BackgroundOptions): Background {
  const { modality, deviationSigma = 1.5 } = options;
  const feature = resolveFeature(options.feature ?? 'auto', modality);
  const grey = meanPlane(image);
  const deviation =
    feature === 'deviation' || modality === 'transmitted' ? localDeviation(grey, deviationSigma) : undefined;
  const illumination = estimateIllumination(image, modality, deviation);
  const raw = rawFeature(image, illumination, modality, feature, deviation);
  const sorted = sampleSorted(raw.data, image.width);
  const { mode, spread } = findBackgroundMode(sorted);
  const isNoise = modality === 'fluorescence' || looksLikeNoise({ mode, spread });
  for (let i = 0; i < raw.data.length; i++) raw.data[i]! -= mode;
  for (let i = 0; i < sorted.length; i++) sorted[i]! -= mode;
  const range = quantileOf(sorted, 0.999) - quantileOf(sorted, 0.001);
  return {
    width: image.width,
    height: image.height,
    modality,
    feature,
    deviationSigma,
    illumination: illumination.image,
    plane: raw,
    nearby: feature === 'deviation' ? nearbyStrength(raw, deviationSigma) : null,
    mode,
    // A noise-free background (drawn, saturated, compressed) has no spread of its own.
    spread: Math.max(spread, feature === 'deviation' ? 0.05 : 0.005 * range, 1e-9),
    noise: noiseOf(image, illumination, modality),
    thresholds: { otsu: otsu(sorted), li: liOf(sorted), triangle: triangle(sorted) },
    confluent: !illumination.found || (feature === 'deviation' && !isNoise),
  };
}

/** Li's threshold needs values above 0. */
function liOf(sorted: Float32Array): number {
  const lowest = sorted[0]!;
  return li(sorted.map((v) => v - lowest)) + lowest;
}

function rawFeature(
  image: FloatImage,
  illumination: Illumination,
  modality: Modality,
  feature: 'deviation' | 'intensity' | 'stain',
  deviation: Plane | undefined,
): Plane {
  if (feature === 'stain') return stainSignal(image, illumination.image);
  if (feature === 'intensity') {
    if (modality === 'transmitted') return absoluteRatio(image, illumination.image);
    return cellSignal(image, illumination.image, modality);
  }
  const own = deviation ?? localDeviation(meanPlane(image), 1.5);
  const light = meanPlane(illumination.image).data;
  const data = new Float32Array(own.data.length);
  if (modality === 'fluorescence') {
    // Nothing to divide by: the floor is a thousandth of the brightest deviation.
    const floor = Math.max(1e-12, DEVIATION_FLOOR * quantileOf(sampleSorted(own.data, own.width), 0.999));
    for (let i = 0; i < data.length; i++) data[i] = Math.log(own.data[i]! + floor);
  } else {
    for (let i = 0; i < data.length; i++) data[i] = Math.log(own.data[i]! / light[i]! + DEVIATION_FLOOR);
  }
  return { width: image.width, height: image.height, data };
}

/** |value ÷ light − 1| blurred by one pixel: cells that are darker or brighter than the background. */
function absoluteRatio(image: FloatImage, light: FloatImage): Plane {
  const { width, height } = image;
  const grey = meanPlane(image).data;
  const lit = meanPlane(light).data;
  const data = Float32Array.from(grey, (v, i) => Math.abs(v / lit[i]! - 1));
  return gaussian({ width, height, data }, 1);
}

function noiseOf(
  image: FloatImage,
  { image: light, used, found }: Illumination,
  modality: Modality,
): number[] {
  return Array.from({ length: image.channels }, (_, c) => {
    const values = planeOf(image, c).data;
    const lit = planeOf(light, c).data;
    const step = sampleStep(values.length, image.width);
    const errors = new Float32Array(Math.ceil(values.length / step));
    let count = 0;
    for (let i = 0; i < values.length; i += step) {
      if (found && used[i] === 0) continue;
      errors[count++] = Math.abs(
        modality === 'fluorescence' ? values[i]! - lit[i]! : values[i]! / lit[i]! - 1,
      );
    }
    return count === 0 ? 0 : 1.4826 * quantileOf(errors.subarray(0, count).sort(), 0.5);
  });
}
