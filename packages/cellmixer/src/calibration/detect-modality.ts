import type { FloatImage } from '@cellmixer/pixels';
import type { Modality } from '../contracts.ts';
import { findBackgroundMode } from '../foreground/background-mode.ts';
import { meanPlane } from '../foreground/illumination.ts';
import { quantileOf, sampleSorted } from '../foreground/sample-values.ts';

/** The background of a fluorescence picture lies in this lowest part of its range. */
const DARK_SHARE = 0.3;
/** Channels that differ by more than this share of their mean, on the median pixel of the most coloured tenth. */
const COLOURED = 0.06;

/**
 * How light made the picture, by its histogram: a dark background with brighter cells is fluorescence; a bright
 * one is a stain where the picture has colour, else transmitted light.
 */
export function detectModality(image: FloatImage): Modality {
  const sorted = sampleSorted(meanPlane(image).data, image.width);
  const low = quantileOf(sorted, 0.005);
  const high = quantileOf(sorted, 0.999);
  const { mode } = findBackgroundMode(sorted);
  if (high > low && (mode - low) / (high - low) < DARK_SHARE && !isBrightGround(sorted, mode))
    return 'fluorescence';
  return isColoured(image) ? 'stained' : 'transmitted';
}

/** A dense absorbing picture has its lowest peak in the cells; then the far side holds a peak of its own. */
function isBrightGround(sorted: Float32Array, mode: number): boolean {
  const median = quantileOf(sorted, 0.5);
  const above = quantileOf(sorted, 0.98) - median;
  const below = median - quantileOf(sorted, 0.02);
  return median > mode && below > above;
}

function isColoured(image: FloatImage): boolean {
  const { channels, width, height, data } = image;
  if (channels < 3) return false;
  const size = width * height;
  const step = Math.max(1, Math.floor(size / 20_000)) | 1;
  const differences: number[] = [];
  for (let i = 0; i < size; i += step) {
    const r = data[i]!;
    const g = data[size + i]!;
    const b = data[2 * size + i]!;
    const mean = (r + g + b) / 3;
    if (mean > 0) differences.push((Math.max(r, g, b) - Math.min(r, g, b)) / mean);
  }
  if (differences.length === 0) return false;
  return quantileOf(Float32Array.from(differences).sort(), 0.95) > COLOURED;
}
