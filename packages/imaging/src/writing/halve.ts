import type { PixelData, Raster } from '@cellmixer/pixels';
import type { SampleDepth } from '../opened-image.ts';
import { createSamples } from '../sample-type.ts';

/**
 * How four pixels become one: `mean` for pictures, `nearest` (the upper left one) for maps of labels or classes,
 * whose numbers cannot be averaged.
 */
export type Reduction = 'mean' | 'nearest';

/**
 * Side of the next smaller level. Rounded down, as Bio-Formats and Viv expect, so that a pixel of level k covers
 * exactly 2^k pixels; the odd last one is seen in the larger levels only.
 */
export function halfOf(side: number): number {
  return Math.max(1, side >> 1);
}

/** A rectangle of one channel inside an array. */
export interface PixelWindow {
  readonly data: PixelData;
  /** Index of its upper left pixel. */
  readonly first: number;
  /** Values from one row to the next. */
  readonly stride: number;
}

/**
 * Halves a window into `width` × `height` pixels of `to`. `right` and `down` are the index steps to the second
 * pixel of a pair; 0 where the picture is one pixel wide or high. Whole numbers are rounded to the nearest, halves
 * up. A mean of floats leaves NaN out.
 */
export function halve(
  from: PixelWindow,
  to: PixelWindow,
  { width, height }: { readonly width: number; readonly height: number },
  { right, down }: { readonly right: number; readonly down: number },
  reduction: Reduction,
): void {
  const { data } = from;
  const out = to.data;
  const average =
    reduction === 'nearest'
      ? null
      : data instanceof Float32Array || data instanceof Float64Array
        ? averageFloats
        : data.BYTES_PER_ELEMENT < 4
          ? averageSmallIntegers
          : averageIntegers;
  for (let y = 0; y < height; y++) {
    const upper = from.first + 2 * y * from.stride;
    const target = to.first + y * to.stride;
    if (average) average(data, upper, right, down, out, target, width);
    else for (let x = 0; x < width; x++) out[target + x] = data[upper + 2 * x]!;
  }
}

/** The whole raster at half its size, rounded down, at least one pixel. */
export function halveRaster(raster: Raster, depth: SampleDepth, reduction: Reduction = 'mean'): Raster {
  const { width, height, channels, data } = raster;
  const size = { width: halfOf(width), height: halfOf(height) };
  const out = createSamples(depth, size.width * size.height * channels);
  const step = { right: width > 1 ? 1 : 0, down: height > 1 ? width : 0 };
  for (let channel = 0; channel < channels; channel++) {
    const from = { data, first: channel * width * height, stride: width };
    const to = { data: out, first: channel * size.width * size.height, stride: size.width };
    halve(from, to, size, step, reduction);
  }
  return { ...size, channels, data: out };
}

/** Sums of 8 and 16 bits stay within 31 bits; the shift rounds down, signed values too. */
function averageSmallIntegers(
  data: PixelData,
  upper: number,
  right: number,
  down: number,
  out: PixelData,
  target: number,
  width: number,
): void {
  for (let x = 0, at = upper; x < width; x++, at += 2) {
    out[target + x] = (data[at]! + data[at + right]! + data[at + down]! + data[at + down + right]! + 2) >> 2;
  }
}

function averageIntegers(
  data: PixelData,
  upper: number,
  right: number,
  down: number,
  out: PixelData,
  target: number,
  width: number,
): void {
  for (let x = 0, at = upper; x < width; x++, at += 2) {
    const sum = data[at]! + data[at + right]! + data[at + down]! + data[at + down + right]!;
    out[target + x] = Math.floor((sum + 2) / 4);
  }
}

function averageFloats(
  data: PixelData,
  upper: number,
  right: number,
  down: number,
  out: PixelData,
  target: number,
  width: number,
): void {
  for (let x = 0, at = upper; x < width; x++, at += 2) {
    const [a, b] = [data[at]!, data[at + right]!];
    const [c, d] = [data[at + down]!, data[at + down + right]!];
    const mean = (a + b + c + d) / 4;
    out[target + x] = Number.isNaN(mean) ? meanOfNumbers([a, b, c, d]) : mean;
  }
}

function meanOfNumbers(values: readonly number[]): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
