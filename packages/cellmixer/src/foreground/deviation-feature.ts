import type { FloatImage, Plane } from '@cellmixer/pixels';
import type { Modality } from '../contracts.ts';
import { type BackgroundMode, findBackgroundMode } from './background-mode.ts';
import { DEVIATION_FLOOR, meanPlane } from './illumination.ts';
import { quantileOf, sampleSorted, sampleStep } from './sample-values.ts';

export interface MeasuredFeature extends BackgroundMode {
  /** The feature less its mode. */
  readonly plane: Plane;
  /** Some thousands of its values, ascending, before what lies below the mode was cut. */
  readonly sorted: Float32Array;
}

/**
 * The logarithm of the local deviation relative to the light (fluorescence: of the deviation itself), less its
 * background mode; 0 below the mode, where nothing is decided and most of a picture lies.
 *
 * @param deviation taken over: it becomes the feature.
 */
export function deviationFeature(deviation: Plane, light: FloatImage, modality: Modality): MeasuredFeature {
  const { width, data } = deviation;
  const unit = modality === 'fluorescence' ? null : meanPlane(light).data;
  // Fluorescence has nothing to divide by: there the floor is a thousandth of the strongest deviation.
  const floor =
    unit === null
      ? Math.max(1e-12, DEVIATION_FLOOR * quantileOf(sampleSorted(data, width), 0.999))
      : DEVIATION_FLOOR;
  const step = sampleStep(data.length, width);
  const sorted = new Float32Array(Math.ceil(data.length / step));
  for (let i = 0, o = 0; i < data.length; i += step, o++) {
    sorted[o] = Math.log((unit === null ? data[i]! : data[i]! / unit[i]!) + floor);
  }
  const { mode, spread } = findBackgroundMode(sorted.sort());
  const base = Math.exp(mode);
  const factor = 1 / base;
  if (unit !== null) for (let i = 0; i < data.length; i++) data[i]! /= unit[i]!;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]! + floor;
    data[i] = v > base ? Math.log(v * factor) : 0;
  }
  for (let i = 0; i < sorted.length; i++) sorted[i]! -= mode;
  return { plane: deviation, mode, spread, sorted };
}
