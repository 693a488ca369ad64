import type { Mask } from '@cellmixer/pixels';

/**
 * Takes those coarse pixels out of `inside` where one type gives way to another, so that touching cells of two types
 * come apart however smoothly their outline runs on. The type of a coarse pixel is the one with the most probability
 * over it and its eight neighbours: a few odd pixels in a cell do not cut it.
 *
 * @param types one plane a type, at full resolution
 * @param step side of a coarse pixel in full-resolution pixels
 */
export function cutBetweenTypes(
  inside: Mask,
  foreground: Float32Array,
  types: readonly Float32Array[],
  width: number,
  height: number,
  step: number,
): void {
  if (types.length < 2) return;
  const best = likeliestTypes(inside, foreground, types, width, height, step);
  const { data } = inside;
  for (let y = 0; y < inside.height; y++) {
    for (let x = 0; x < inside.width; x++) {
      const at = y * inside.width + x;
      if (data[at] === 0) continue;
      const right = x + 1 < inside.width ? at + 1 : at;
      const below = y + 1 < inside.height ? at + inside.width : at;
      // Neighbours ahead are as they were: a cut is one pixel wide.
      if (
        (data[right] !== 0 && best[right] !== best[at]) ||
        (data[below] !== 0 && best[below] !== best[at])
      ) {
        data[at] = 0;
      }
    }
  }
}

function likeliestTypes(
  inside: Mask,
  foreground: Float32Array,
  types: readonly Float32Array[],
  width: number,
  height: number,
  step: number,
): Uint8Array {
  const best = new Uint8Array(inside.data.length);
  const highest = new Float32Array(inside.data.length).fill(-1);
  // With a border of one pixel, so that no sum has to look out for edges.
  const stride = inside.width + 2;
  const strength = new Float32Array(stride * (inside.height + 2));
  types.forEach((plane, k) => {
    sumBlocks(strength, stride, inside, foreground, plane, width, height, step);
    for (let y = 0; y < inside.height; y++) {
      for (let x = 0; x < inside.width; x++) {
        const at = y * inside.width + x;
        if (inside.data[at] === 0) continue;
        const p = (y + 1) * stride + x + 1;
        let sum = 0;
        for (let q = p - stride; q <= p + stride; q += stride) {
          sum += strength[q - 1]! + strength[q]! + strength[q + 1]!;
        }
        if (sum > highest[at]!) {
          highest[at] = sum;
          best[at] = k;
        }
      }
    }
  });
  return best;
}

/** Foreground × type probability over each coarse pixel inside. */
function sumBlocks(
  strength: Float32Array,
  stride: number,
  inside: Mask,
  foreground: Float32Array,
  plane: Float32Array,
  width: number,
  height: number,
  step: number,
): void {
  for (let y = 0; y < inside.height; y++) {
    const upper = y * step * width;
    const lower = Math.min(y * step + step - 1, height - 1) * width;
    for (let x = 0; x < inside.width; x++) {
      if (inside.data[y * inside.width + x] === 0) continue;
      const left = x * step;
      const right = left + step <= width ? left + step - 1 : left;
      strength[(y + 1) * stride + x + 1] =
        foreground[upper + left]! * plane[upper + left]! +
        foreground[upper + right]! * plane[upper + right]! +
        foreground[lower + left]! * plane[lower + left]! +
        foreground[lower + right]! * plane[lower + right]!;
    }
  }
}
