import { type FloatImage, modeThreshold } from '@cellmixer/pixels';
import type { Modality } from '../contracts.ts';
import { meanPlane } from '../foreground/illumination.ts';
import { quantileOf, sampleSorted } from '../foreground/sample-values.ts';

/** The background of a fluorescence picture lies in this lowest part of its range … */
const DARK_SHARE = 0.3;
/** … and sends less than this share of the brightest light. */
const DARK_LEVEL = 0.5;
/** The darkest pixels of a stained picture still pass this share of the light; those of a composite are black. */
const PASSED_LIGHT = 0.1;
/** The largest less the smallest channel, as a share of their mean, in the most coloured twentieth. */
const COLOURED = 0.06;

/**
 * How light made the picture, by its histogram: a dark background with brighter cells is fluorescence; a bright
 * one is a stain where the picture has colour, else transmitted light.
 */
export function detectModality(image: FloatImage): Modality {
  const sorted = sampleSorted(meanPlane(image).data, image.width);
  const low = quantileOf(sorted, 0.005);
  const high = quantileOf(sorted, 0.999);
  const coloured = isColoured(image);
  if (coloured && low > PASSED_LIGHT * high) return 'stained';
  // The highest peak, not the leftmost: in a dense absorbing picture that would be the cells.
  const { mode } = modeThreshold(sorted, 0);
  if (mode - low < DARK_SHARE * (high - low) && mode < DARK_LEVEL * high) return 'fluorescence';
  return coloured ? 'stained' : 'transmitted';
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
