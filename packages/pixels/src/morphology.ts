import { type BitMask, invertBits, packMask, unpackMask } from './bit-mask.ts';
import { requireAtLeast } from './checks.ts';
import type { Mask } from './raster.ts';

/**
 * Every pixel within `radius` (Euclidean, centre to centre, inclusive) of a pixel that is set: the exact disk
 * x² + y² ≤ radius². Works on 32 pixels at a time.
 */
export function dilate(mask: Mask, radius: number): Mask {
  return onBits(mask, radius, dilateBits);
}

/** Every pixel whose whole disk is set; pixels outside the picture count as set. */
export function erode(mask: Mask, radius: number): Mask {
  return onBits(mask, radius, erodeBits);
}

/** Erosion, then dilation: removes what a disk of this radius does not fit into. */
export function open(mask: Mask, radius: number): Mask {
  return onBits(mask, radius, (bits, r) => dilateBits(erodeBits(bits, r), r));
}

/** Dilation, then erosion: fills gaps that a disk of this radius does not fit into. */
export function close(mask: Mask, radius: number): Mask {
  return onBits(mask, radius, (bits, r) => erodeBits(dilateBits(bits, r), r));
}

function onBits(mask: Mask, radius: number, change: (bits: BitMask, radius: number) => BitMask): Mask {
  return unpackMask(change(packMask(mask), radius));
}

/** `erode` of a packed mask. */
export function erodeBits(bits: BitMask, radius: number): BitMask {
  requireAtLeast('radius', radius, 0);
  const outside = { ...bits, words: bits.words.slice() };
  invertBits(outside);
  const grown = dilateBits(outside, radius);
  invertBits(grown);
  return grown;
}

/**
 * `dilate` of a packed mask. The disk is a stack of chords. Each row is widened from the shortest chord to the longest and, at each width,
 * added to the rows that lie as far away as that chord is from the disk's middle.
 */
export function dilateBits(bits: BitMask, radius: number): BitMask {
  requireAtLeast('radius', radius, 0);
  const { width, height, stride, words } = bits;
  const out = new Int32Array(words.length);
  const farthest = Math.min(Math.floor(radius), height - 1);
  const row = new Int32Array(stride);
  const before = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    let any = 0;
    for (let w = 0; w < stride; w++) {
      row[w] = words[y * stride + w]!;
      any |= row[w]!;
    }
    if (any === 0) continue;
    let reached = 0;
    for (let d = farthest; d >= 0; d--) {
      const chord = Math.min(width, Math.floor(Math.sqrt(radius * radius - d * d)));
      while (reached < chord) {
        // A longer step would leave gaps beside pixels on the edge, whose runs are cut off there.
        const step = Math.min(chord - reached, reached + 1, 31);
        widen(row, before, step);
        reached += step;
      }
      if (y >= d) addRow(out, (y - d) * stride, row);
      if (d > 0 && y + d < height) addRow(out, (y + d) * stride, row);
    }
  }
  const beyond = width & 31 ? -1 << (width & 31) : 0;
  if (beyond !== 0) for (let i = stride - 1; i < out.length; i += stride) out[i]! &= ~beyond;
  return { width, height, stride, words: out };
}

/** row |= row shifted by `step` pixels (1…31) to either side. */
function widen(row: Int32Array, before: Int32Array, step: number): void {
  const n = row.length;
  for (let w = 0; w < n; w++) before[w] = row[w]!;
  const rest = 32 - step;
  let left = 0;
  let word = before[0]!;
  for (let w = 0; w < n; w++) {
    const right = w + 1 < n ? before[w + 1]! : 0;
    row[w] = word | (word << step) | (left >>> rest) | (word >>> step) | (right << rest);
    left = word;
    word = right;
  }
}

function addRow(out: Int32Array, o: number, row: Int32Array): void {
  for (let w = 0; w < row.length; w++) out[o + w] = out[o + w]! | row[w]!;
}
