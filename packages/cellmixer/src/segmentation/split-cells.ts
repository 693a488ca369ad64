import { distanceTransform, gaussian, type Mask, type Plane } from '@cellmixer/pixels';
import { cutBetweenTypes } from './cut-between-types.ts';
import { persistenceWatershed } from './persistence-watershed.ts';
import { release } from './release.ts';

/**
 * σ of the smoothing in typical radii. On drawn LIVECell masks 0.05 found more cells than 0.08 or 0.12 for nearly
 * every line: waists between cells in a clump are shallow.
 */
const SMOOTHING = 0.05;
/** Pieces smaller than this share of a typical cell join a neighbour. */
const FRAGMENT = 0.1;

export interface SplitOptions {
  /** Foreground probability from which on a pixel is cell, 0…1. */
  readonly threshold: number;
  /** Typical cell diameter, working px. */
  readonly cellDiameter: number;
  /** A waist narrower than this share of the smaller half separates two cells, 0…1. */
  readonly waist: number;
}

export interface CoarseLabels {
  /** Side of a coarse pixel in working pixels, 1 or 2. */
  readonly step: number;
  readonly width: number;
  readonly data: Int32Array;
  readonly count: number;
}

/**
 * Cuts the foreground into cells: watershed of the distance to the background or to another type × the foreground
 * probability, smoothed. It runs on a grid of half the resolution where cells are large enough
 * (a quarter of the time; outlines still follow the full-resolution foreground, only seams between touching cells
 * are two pixels coarse). Every pixel at or above the threshold lies in a labelled coarse pixel.
 *
 * @param foreground probabilities, [height, width]
 * @param types one plane of probabilities a type, [height, width] each
 */
export function splitCells(
  foreground: Float32Array,
  types: readonly Float32Array[],
  width: number,
  height: number,
  options: SplitOptions,
): CoarseLabels {
  const step = options.cellDiameter >= 24 ? 2 : 1;
  const { mean, inside, any } = reduce(foreground, width, height, step, options.threshold);
  const radius = options.cellDiameter / 2 / step;
  cutBetweenTypes(inside, types, width, height, step);
  const distance = distanceTransform(inside);
  // Beyond three radii nothing is a cell any more; this also ends the infinity of a picture that is all foreground.
  const limit = 3 * radius;
  for (let i = 0; i < mean.data.length; i++) {
    const d = distance.data[i]!;
    distance.data[i] = (d < limit ? d : limit) * mean.data[i]!;
  }
  const heights = gaussian(distance, SMOOTHING * radius, { truncate: 3 });
  release(distance.data, mean.data, inside.data);
  const { labels, count } = persistenceWatershed(
    heights,
    any,
    options.waist,
    FRAGMENT * Math.PI * radius ** 2,
  );
  release(heights.data, any.data);
  return { step, width: labels.width, data: labels.data, count };
}

interface Reduced {
  /** Mean of each block. */
  readonly mean: Plane;
  /** Blocks whose mean reaches the threshold. */
  readonly inside: Mask;
  /** Blocks where any pixel does. */
  readonly any: Mask;
}

function reduce(
  foreground: Float32Array,
  width: number,
  height: number,
  step: number,
  threshold: number,
): Reduced {
  const coarseWidth = Math.ceil(width / step);
  const coarseHeight = Math.ceil(height / step);
  const mean = new Float32Array(coarseWidth * coarseHeight);
  const inside = new Uint8Array(mean.length);
  const any = new Uint8Array(mean.length);
  for (let y = 0; y < coarseHeight; y++) {
    const upper = y * step * width;
    const lower = Math.min(y * step + step - 1, height - 1) * width;
    for (let x = 0; x < coarseWidth; x++) {
      const left = x * step;
      const right = left + step <= width ? left + step - 1 : left;
      const a = foreground[upper + left]!;
      const b = foreground[upper + right]!;
      const c = foreground[lower + left]!;
      const d = foreground[lower + right]!;
      const at = y * coarseWidth + x;
      const average = (a + b + c + d) / 4;
      mean[at] = average;
      if (average >= threshold) inside[at] = 1;
      if (a >= threshold || b >= threshold || c >= threshold || d >= threshold) any[at] = 1;
    }
  }
  const size = { width: coarseWidth, height: coarseHeight };
  return { mean: { ...size, data: mean }, inside: { ...size, data: inside }, any: { ...size, data: any } };
}
