import { requireAtLeast, requireGrid } from './checks.ts';
import type { Mask } from './raster.ts';

/**
 * Every pixel within `radius` (Euclidean, centre to centre, inclusive) of a pixel that is set: the exact disk
 * x² + y² ≤ radius², at a cost that does not depend on the radius.
 */
export function dilate(mask: Mask, radius: number): Mask {
  requireGrid('mask', mask);
  return grow(mask, radius, 1);
}

/** Every pixel whose whole disk is set; pixels outside the picture count as set. */
export function erode(mask: Mask, radius: number): Mask {
  requireGrid('mask', mask);
  return grow(mask, radius, 0);
}

/** Erosion, then dilation: removes what a disk of this radius does not fit into. */
export function open(mask: Mask, radius: number): Mask {
  return dilate(erode(mask, radius), radius);
}

/** Dilation, then erosion: fills gaps that a disk of this radius does not fit into. */
export function close(mask: Mask, radius: number): Mask {
  return erode(dilate(mask, radius), radius);
}

/**
 * Grows the pixels whose being set equals `seed` by a disk; the result holds `seed` there and the opposite
 * elsewhere. The disk is a stack of chords: a pixel d rows from the nearest seed of its column is covered, and
 * so is all within the half chord at height d to either side.
 */
function grow(mask: Mask, radius: number, seed: 0 | 1): Mask {
  requireAtLeast('radius', radius, 0);
  const { width, height, data } = mask;
  const r = Math.min(Math.floor(radius), height);
  // Half chords, in pixels; beyond the disk so far negative that they reach nothing.
  const chords = new Int32Array(r + 2).fill(-4 * width);
  for (let d = 0; d <= r; d++) chords[d] = Math.min(width, Math.floor(Math.sqrt(radius * radius - d * d)));
  const distance = rowsToSeed(data, width, height, seed, r + 1);
  const out = new Uint8Array(width * height).fill(1 - seed);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    let last = -1;
    for (let x = 0; x < width; x++) {
      const end = x + chords[distance[o + x]!]!;
      if (end > last) last = end;
      if (x <= last) out[o + x] = seed;
    }
    let first = width;
    for (let x = width - 1; x >= 0; x--) {
      const end = x - chords[distance[o + x]!]!;
      if (end < first) first = end;
      if (x >= first) out[o + x] = seed;
    }
  }
  return { width, height, data: out };
}

/** Rows from each pixel to the nearest seed in its column, at most `far`. */
function rowsToSeed(
  data: Uint8Array,
  width: number,
  height: number,
  seed: 0 | 1,
  far: number,
): Uint8Array | Int32Array {
  const distance = far < 256 ? new Uint8Array(width * height) : new Int32Array(width * height);
  for (let i = 0; i < width; i++) distance[i] = (data[i] !== 0 ? 1 : 0) === seed ? 0 : far;
  for (let i = width; i < data.length; i++) {
    const d = distance[i - width]! + 1;
    distance[i] = (data[i] !== 0 ? 1 : 0) === seed ? 0 : d < far ? d : far;
  }
  for (let i = data.length - width - 1; i >= 0; i--) {
    const d = distance[i + width]! + 1;
    if (d < distance[i]!) distance[i] = d;
  }
  return distance;
}
