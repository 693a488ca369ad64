import { requireGrid } from './checks.ts';
import type { LabelMap, Mask, Plane } from './raster.ts';

/**
 * Exact Euclidean distance, in pixels, of each pixel to the nearest pixel that is 0; +∞ everywhere where there
 * is none. Columns first, then the lower envelope of parabolas along each row (Meijster et al. 2000; Felzenszwalb
 * and Huttenlocher 2012).
 */
export function distanceTransform(mask: Mask): Plane {
  requireGrid('mask', mask);
  const { width, height, data } = mask;
  const far = width + height;
  const column = columnDistances(data, width, height, far);
  const out = new Float32Array(width * height);
  const apex = new Int32Array(width);
  const from = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    for (let x = 0; x < width; ) {
      if (column[o + x] === 0) {
        x++;
        continue;
      }
      // A pixel that is 0 hides what lies beyond it, so each run between such pixels stands alone.
      const start = x > 0 ? x - 1 : 0;
      while (x < width && column[o + x] !== 0) x++;
      const end = x < width ? x + 1 : width;
      const parabolas = lowerEnvelope(column, o, start, end, far, apex, from);
      if (parabolas === 0) {
        out.fill(Number.POSITIVE_INFINITY, o + start, o + end);
        continue;
      }
      let q = 0;
      for (let u = start; u < end; u++) {
        while (q + 1 < parabolas && from[q + 1]! <= u) q++;
        const i = apex[q]!;
        const g = column[o + i]!;
        out[o + u] = Math.sqrt((u - i) * (u - i) + g * g);
      }
    }
  }
  return { width, height, data: out };
}

/**
 * Gives every pixel the label of the nearest labelled pixel (Euclidean); ties go to the left, then to the upper
 * one. Without any label everything stays 0.
 */
export function nearestLabel(labels: LabelMap): LabelMap {
  requireGrid('labels', labels);
  const { width, height, data } = labels;
  const far = width + height;
  const column = new Int32Array(width * height).fill(far);
  const nearest = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    for (let x = 0; x < width; x++) {
      if (data[o + x] !== 0) {
        column[o + x] = 0;
        nearest[o + x] = data[o + x]!;
      } else if (y > 0 && column[o + x - width]! < far) {
        column[o + x] = column[o + x - width]! + 1;
        nearest[o + x] = nearest[o + x - width]!;
      }
    }
  }
  for (let y = height - 2; y >= 0; y--) {
    const o = y * width;
    for (let x = 0; x < width; x++) {
      const d = column[o + x + width]! + 1;
      if (d < column[o + x]!) {
        column[o + x] = d;
        nearest[o + x] = nearest[o + x + width]!;
      }
    }
  }
  const out = new Int32Array(width * height);
  const apex = new Int32Array(width);
  const from = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    const parabolas = lowerEnvelope(column, o, 0, width, far, apex, from);
    if (parabolas === 0) break;
    let q = 0;
    for (let u = 0; u < width; u++) {
      while (q + 1 < parabolas && from[q + 1]! <= u) q++;
      out[o + u] = nearest[o + apex[q]!]!;
    }
  }
  return { width, height, data: out };
}

/** Distance of each pixel to the nearest 0 in its own column; `far` where the column has none. */
export function columnDistances(data: Uint8Array, width: number, height: number, far: number): Int32Array {
  const column = new Int32Array(width * height);
  for (let x = 0; x < width; x++) column[x] = data[x] === 0 ? 0 : far;
  for (let y = 1; y < height; y++) {
    const o = y * width;
    for (let x = 0; x < width; x++) {
      const d = column[o + x - width]! + 1;
      column[o + x] = data[o + x] === 0 ? 0 : d < far ? d : far;
    }
  }
  for (let y = height - 2; y >= 0; y--) {
    const o = y * width;
    for (let x = 0; x < width; x++) {
      const d = column[o + x + width]! + 1;
      if (d < column[o + x]!) column[o + x] = d;
    }
  }
  return column;
}

/**
 * Lower envelope of the parabolas (x − i)² + g(i)² for i in start … end − 1, without those where g(i) is `far`:
 * parabola `apex[q]` rules from pixel `from[q]` (below `start` stands for start) to from[q + 1] − 1.
 * Whole numbers throughout, so nothing is rounded. Returns their number.
 */
function lowerEnvelope(
  g: Int32Array,
  o: number,
  start: number,
  end: number,
  far: number,
  apex: Int32Array,
  from: Int32Array,
): number {
  let q = -1;
  for (let u = start; u < end; u++) {
    const gu = g[o + u]!;
    if (gu >= far) continue;
    const height = u * u + gu * gu;
    let begin = start;
    while (q >= 0) {
      const i = apex[q]!;
      const gi = g[o + i]!;
      // First pixel where u is strictly nearer than i.
      begin = Math.floor((height - i * i - gi * gi) / (2 * (u - i))) + 1;
      if (begin > from[q]!) break;
      q--;
      begin = start;
    }
    if (begin < end) {
      q++;
      apex[q] = u;
      from[q] = begin;
    }
  }
  return q + 1;
}
