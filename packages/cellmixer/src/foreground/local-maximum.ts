import { gaussian, type Plane } from '@cellmixer/pixels';

/** Largest value in the square of side 2 · radius + 1 around each pixel; beyond the edge there is nothing. */
export function localMaximum(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const across = new Float32Array(data.length);
  const line = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    line.fill(Number.NEGATIVE_INFINITY);
    line.set(data.subarray(y * width, (y + 1) * width), radius);
    slidingMaximum(line, 1, line.length, 2 * radius + 1);
    across.set(line.subarray(0, width), y * width);
  }
  const padded = new Float32Array((height + 2 * radius) * width).fill(Number.NEGATIVE_INFINITY);
  padded.set(across, radius * width);
  slidingMaximum(padded, width, height + 2 * radius, 2 * radius + 1);
  return { width, height, data: padded.subarray(0, width * height) };
}

/**
 * In place: each item becomes the largest of itself and the `window` − 1 items after it, `stride` apart. The window
 * doubles with every pass, and the last pass overlaps.
 */
function slidingMaximum(values: Float32Array, stride: number, count: number, window: number): void {
  let reach = 1;
  while (reach < window) {
    const step = Math.min(reach, window - reach);
    const shift = step * stride;
    const end = (count - step) * stride;
    for (let i = 0; i < end; i++) {
      values[i] = Math.max(values[i]!, values[i + shift]!);
    }
    reach += step;
  }
}

/**
 * How strong the feature gets near each pixel: the maximum within about 2σ, blurred by σ. A border's own blur
 * reaches that far, so a pixel that stays far below this reference sees its neighbour, not itself. It is so smooth
 * that one value for each block of two by two pixels does: pixel (x, y) has that at (⌊x / 2⌋, ⌊y / 2⌋).
 */
export function nearbyStrength(feature: Plane, sigma: number): Plane {
  return gaussian(localMaximum(blockMaximum(feature), Math.max(1, Math.round(sigma - 0.5))), sigma / 2);
}

/** Largest value of each block of two by two pixels; blocks at an odd edge are narrower. */
function blockMaximum({ width, height, data }: Plane): Plane {
  const columns = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  const out = new Float32Array(columns * rows);
  for (let r = 0; r < rows; r++) {
    const upper = 2 * r * width;
    const lower = 2 * r + 1 < height ? upper + width : upper;
    for (let c = 0; c < columns; c++) {
      const left = 2 * c;
      const right = left + 1 < width ? left + 1 : left;
      out[r * columns + c] = Math.max(
        data[upper + left]!,
        data[upper + right]!,
        data[lower + left]!,
        data[lower + right]!,
      );
    }
  }
  return { width: columns, height: rows, data: out };
}
