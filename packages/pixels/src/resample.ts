import { requireFinite, requireGrid, requireWhole } from './checks.ts';
import type { FloatImage, LabelMap, Mask, Plane } from './raster.ts';

/** For each output pixel: first input pixel, number of them, and weights that add up to 1. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float64Array;
  readonly most: number;
}

/** Shrinking: shares of the area covered. Enlarging: linear between pixel centres, constant beyond the last. */
function tapsOf(from: number, to: number): Taps {
  const ratio = from / to;
  const most = to < from ? Math.ceil(ratio) + 1 : 2;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Float64Array(to * most);
  for (let i = 0; i < to; i++) {
    if (to < from) {
      const start = i * ratio;
      const end = Math.min(from, (i + 1) * ratio);
      const a = Math.floor(start);
      const b = Math.min(from, Math.ceil(end - 1e-9));
      first[i] = a;
      count[i] = b - a;
      let sum = 0;
      for (let j = a; j < b; j++) {
        const share = Math.min(end, j + 1) - Math.max(start, j);
        weights[i * most + j - a] = share;
        sum += share;
      }
      for (let j = 0; j < b - a; j++) weights[i * most + j] = weights[i * most + j]! / sum;
    } else {
      const place = Math.min(from - 1, Math.max(0, (i + 0.5) * ratio - 0.5));
      const a = Math.min(from - 1, Math.floor(place));
      const part = place - a;
      first[i] = a;
      count[i] = part > 0 && a + 1 < from ? 2 : 1;
      weights[i * most] = count[i] === 2 ? 1 - part : 1;
      weights[i * most + 1] = count[i] === 2 ? part : 0;
    }
  }
  return { first, count, weights, most };
}

/** `times`, where given, multiplies the source pixel by pixel. */
function resampleInto(
  source: Float32Array | Uint8Array,
  times: Float32Array | Uint8Array | null,
  width: number,
  horizontal: Taps,
  vertical: Taps,
  out: Float32Array,
): void {
  const toWidth = horizontal.first.length;
  const toHeight = vertical.first.length;
  const line = new Float64Array(width);
  for (let y = 0; y < toHeight; y++) {
    const rows = vertical.count[y]!;
    line.fill(0);
    for (let j = 0; j < rows; j++) {
      const w = vertical.weights[y * vertical.most + j]!;
      const o = (vertical.first[y]! + j) * width;
      if (times === null) for (let x = 0; x < width; x++) line[x] = line[x]! + w * source[o + x]!;
      else for (let x = 0; x < width; x++) line[x] = line[x]! + w * source[o + x]! * times[o + x]!;
    }
    if (horizontal.most === 2) enlargeLine(line, horizontal, out, y * toWidth);
    else shrinkLine(line, horizontal, out, y * toWidth);
  }
}

function shrinkLine(line: Float64Array, taps: Taps, out: Float32Array, o: number): void {
  const { first, count, weights, most } = taps;
  for (let x = 0; x < first.length; x++) {
    const a = first[x]!;
    const n = count[x]!;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += weights[x * most + j]! * line[a + j]!;
    out[o + x] = sum;
  }
}

function enlargeLine(line: Float64Array, taps: Taps, out: Float32Array, o: number): void {
  const { first, weights } = taps;
  const end = line.length - 1;
  for (let x = 0; x < first.length; x++) {
    const a = first[x]!;
    const v = line[a]!;
    out[o + x] = v + weights[2 * x + 1]! * (line[a < end ? a + 1 : end]! - v);
  }
}

function requireTarget(width: number, height: number): void {
  requireWhole('width', width, 1);
  requireWhole('height', height, 1);
}

/**
 * Resamples each channel to width × height: where an axis shrinks, the mean weighted by the area covered; where
 * it grows, linear between pixel centres. A constant stays constant, and shrinking keeps the mean.
 * @throws RangeError where width or height is not a whole number from 1 or a value is not finite.
 */
export function resampleArea(image: FloatImage, width: number, height: number): FloatImage {
  requireGrid('image', image);
  requireFinite('image', image.data);
  requireTarget(width, height);
  const horizontal = tapsOf(image.width, width);
  const vertical = tapsOf(image.height, height);
  const data = new Float32Array(width * height * image.channels);
  const size = image.width * image.height;
  for (let c = 0; c < image.channels; c++) {
    resampleInto(
      image.data.subarray(c * size, (c + 1) * size),
      null,
      image.width,
      horizontal,
      vertical,
      data.subarray(c * width * height, (c + 1) * width * height),
    );
  }
  return { width, height, channels: image.channels, data };
}

/** The share, 0…1, of each output pixel that the mask covers. */
export function resampleMaskArea(mask: Mask, width: number, height: number): Plane {
  requireGrid('mask', mask);
  requireTarget(width, height);
  const data = new Float32Array(width * height);
  resampleInto(mask.data, null, mask.width, tapsOf(mask.width, width), tapsOf(mask.height, height), data);
  return { width, height, data };
}

/** `resampleArea` of plane × weights and of the weights, without a picture of the product. */
export function resampleWeighted(
  plane: Plane,
  weights: Float32Array | Uint8Array,
  width: number,
  height: number,
): { product: Plane; weight: Plane } {
  const horizontal = tapsOf(plane.width, width);
  const vertical = tapsOf(plane.height, height);
  const product = { width, height, data: new Float32Array(width * height) };
  const weight = { width, height, data: new Float32Array(width * height) };
  resampleInto(plane.data, weights, plane.width, horizontal, vertical, product.data);
  resampleInto(weights, null, plane.width, horizontal, vertical, weight.data);
  return { product, weight };
}

/** Takes the value of the pixel under each output pixel's centre; for labels, masks and class maps. */
export function resampleLabels(labels: LabelMap, width: number, height: number): LabelMap;
export function resampleLabels(labels: Mask, width: number, height: number): Mask;
export function resampleLabels(labels: LabelMap | Mask, width: number, height: number): LabelMap | Mask {
  requireGrid('labels', labels);
  requireTarget(width, height);
  const source = labels.data;
  const columns = new Int32Array(width);
  for (let x = 0; x < width; x++) columns[x] = nearestIndex(x, labels.width, width);
  const fill = (data: Int32Array | Uint8Array): void => {
    for (let y = 0; y < height; y++) {
      const from = nearestIndex(y, labels.height, height) * labels.width;
      const o = y * width;
      for (let x = 0; x < width; x++) data[o + x] = source[from + columns[x]!]!;
    }
  };
  if (source instanceof Int32Array) {
    const data = new Int32Array(width * height);
    fill(data);
    return { width, height, data };
  }
  const data = new Uint8Array(width * height);
  fill(data);
  return { width, height, data };
}

function nearestIndex(i: number, from: number, to: number): number {
  return Math.min(from - 1, Math.floor(((i + 0.5) * from) / to));
}
