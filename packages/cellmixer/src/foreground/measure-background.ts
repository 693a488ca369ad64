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
import { deviationFeature, type MeasuredFeature } from './deviation-feature.ts';
import { estimateIllumination, type Illumination, looksLikeNoise, meanPlane } from './illumination.ts';
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
  /** The feature less its background mode: about 0 in the background, larger in cells. Deviation is cut at 0. */
  readonly plane: Plane;
  /** Strongest `plane` nearby on a grid of half the size, for deviation alone: see `nearbyStrength`. */
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
 * Measures light, noise and the background's mode of a picture. Costs some times a mask; do it once.
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
  const { plane, mode, spread, sorted } =
    feature === 'deviation' && deviation
      ? deviationFeature(deviation, illumination.image, modality)
      : signalFeature(image, illumination.image, modality, feature === 'stain');
  const isNoise = feature !== 'deviation' || modality === 'fluorescence' || looksLikeNoise({ mode, spread });
  const range = quantileOf(sorted, 0.999) - quantileOf(sorted, 0.001);
  return {
    width: image.width,
    height: image.height,
    modality,
    feature,
    deviationSigma,
    illumination: illumination.image,
    plane,
    nearby: feature === 'deviation' ? nearbyStrength(plane, deviationSigma) : null,
    mode,
    // A noise-free background (drawn, saturated, compressed) has no spread of its own.
    spread: Math.max(spread, feature === 'deviation' ? 0.05 : 0.005 * range, 1e-9),
    noise: noiseOf(image, illumination, modality),
    thresholds: { otsu: otsu(sorted), li: li(sorted), triangle: triangle(sorted) },
    confluent: !illumination.found || !isNoise,
  };
}

/** What cells add or absorb, less its background mode. */
function signalFeature(
  image: FloatImage,
  light: FloatImage,
  modality: Modality,
  stain: boolean,
): MeasuredFeature {
  const plane = stain
    ? stainSignal(image, light)
    : modality === 'transmitted'
      ? absoluteRatio(image, light)
      : cellSignal(image, light, modality);
  const sorted = sampleSorted(plane.data, plane.width);
  const { mode, spread } = findBackgroundMode(sorted);
  for (let i = 0; i < plane.data.length; i++) plane.data[i]! -= mode;
  for (let i = 0; i < sorted.length; i++) sorted[i]! -= mode;
  return { plane, mode, spread, sorted };
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
    const step = 4 * sampleStep(values.length, image.width) - 1;
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
