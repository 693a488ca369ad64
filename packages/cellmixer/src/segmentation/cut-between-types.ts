import type { Mask } from '@cellmixer/pixels';
import { release } from './release.ts';

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
  types: readonly Float32Array[],
  width: number,
  height: number,
  step: number,
): void {
  if (types.length < 2) return;
  const best = likeliestTypes(inside, types, width, height, step);
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
  release(best);
}

/** 1…K for every coarse pixel inside, 0 elsewhere. */
function likeliestTypes(
  inside: Mask,
  types: readonly Float32Array[],
  width: number,
  height: number,
  step: number,
): Uint8Array {
  const kinds = types.length;
  const strength = new Float32Array(inside.data.length * kinds);
  types.forEach((plane, k) => {
    sumBlocks(strength, k, kinds, inside, plane, width, height, step);
  });
  const own = new Uint8Array(inside.data.length);
  for (let i = 0; i < own.length; i++)
    if (inside.data[i] !== 0) own[i] = 1 + highestOf(strength, i * kinds, kinds);

  // Where all neighbours agree with a pixel so does their sum: it is made at borders alone, which are few.
  const best = own.slice();
  const sums = new Float32Array(kinds);
  for (let y = 0; y < inside.height; y++) {
    for (let x = 0; x < inside.width; x++) {
      const at = y * inside.width + x;
      if (own[at] === 0 || allAgree(own, inside.width, inside.height, x, y)) continue;
      sums.fill(0);
      for (let row = Math.max(0, y - 1); row <= Math.min(inside.height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(inside.width - 1, x + 1); column++) {
          const from = (row * inside.width + column) * kinds;
          for (let k = 0; k < kinds; k++) sums[k] = sums[k]! + strength[from + k]!;
        }
      }
      best[at] = 1 + highestOf(sums, 0, kinds);
    }
  }
  release(strength, own);
  return best;
}

/** Whether no neighbour inside has another type. */
function allAgree(own: Uint8Array, width: number, height: number, x: number, y: number): boolean {
  const at = y * width + x;
  const type = own[at]!;
  const left = x > 0 ? 1 : 0;
  const right = x + 1 < width ? 1 : 0;
  for (let row = y > 0 ? at - width : at; row <= (y + 1 < height ? at + width : at); row += width) {
    for (let q = row - left; q <= row + right; q++) if (own[q] !== type && own[q] !== 0) return false;
  }
  return true;
}

/** Index of the highest of `count` values from `from` on, the first of equals. */
function highestOf(values: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[from + k]! > values[from + best]!) best = k;
  return best;
}

/** Probability of type `k` over each coarse pixel inside. */
function sumBlocks(
  strength: Float32Array,
  k: number,
  kinds: number,
  inside: Mask,
  plane: Float32Array,
  width: number,
  height: number,
  step: number,
): void {
  for (let y = 0; y < inside.height; y++) {
    const upper = y * step * width;
    const lower = Math.min(y * step + step - 1, height - 1) * width;
    const row = y * inside.width;
    for (let x = 0; x < inside.width; x++) {
      if (inside.data[row + x] === 0) continue;
      const left = x * step;
      const right = left + step <= width ? left + step - 1 : left;
      strength[(row + x) * kinds + k] =
        plane[upper + left]! + plane[upper + right]! + plane[lower + left]! + plane[lower + right]!;
    }
  }
}
