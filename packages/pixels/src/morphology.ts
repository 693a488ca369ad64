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

/** Grows the pixels whose being set equals `seed` by a disk; the result holds `seed` there and the opposite elsewhere. */
function grow(mask: Mask, radius: number, seed: 0 | 1): Mask {
  requireAtLeast('radius', radius, 0);
  const { width, height, data } = mask;
  const rest = 1 - seed;
  const out = new Uint8Array(width * height).fill(rest);
  const r = Math.min(Math.floor(radius), height);
  // reach[d]: half-width of the disk's chord at distance d from its middle; −1 beyond the disk.
  const reach = new Int32Array(r + 2).fill(-1);
  for (let d = 0; d <= r; d++) reach[d] = Math.floor(Math.sqrt(radius * radius - d * d));
  const far = r + 1;
  // Vertical distance to the nearest seed, first from above, then from below as well, both capped.
  const distance = new Int32Array(width * height);
  for (let x = 0; x < width; x++) distance[x] = (data[x] !== 0 ? 1 : 0) === seed ? 0 : far;
  for (let y = 1; y < height; y++) {
    const o = y * width;
    for (let x = 0; x < width; x++) {
      const d = distance[o + x - width]! + 1;
      distance[o + x] = (data[o + x] !== 0 ? 1 : 0) === seed ? 0 : d < far ? d : far;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    const o = y * width;
    if (y + 1 < height) {
      for (let x = 0; x < width; x++) {
        const d = distance[o + x + width]! + 1;
        if (d < distance[o + x]!) distance[o + x] = d;
      }
    }
    // A chord covers what it reaches to the right, then what it reaches to the left.
    let last = -1;
    for (let x = 0; x < width; x++) {
      const h = reach[distance[o + x]!]!;
      if (h >= 0 && x + h > last) last = x + h;
      if (x <= last) out[o + x] = seed;
    }
    let first = width;
    for (let x = width - 1; x >= 0; x--) {
      const h = reach[distance[o + x]!]!;
      if (h >= 0 && x - h < first) first = x - h;
      if (x >= first) out[o + x] = seed;
    }
  }
  return { width, height, data: out };
}
