import { dilate, erode, type Mask } from '@cellmixer/pixels';

/**
 * A mask of 32 pixels a word, pixel x in bit x mod 32, each row from a new word; bits beyond the width are 0. Small
 * disks move over it a word at a time, which is what lets a slider redraw a mask.
 */
export interface PackedMask {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array;
}

/** Larger disks would shift by a word and more; they are left to the distance of each pixel. */
const LARGEST_RADIUS = 31;

export function packMask(mask: Mask): PackedMask {
  const { width, height, data } = mask;
  const perRow = Math.ceil(width / 32);
  const words = new Uint32Array(perRow * height);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    for (let k = 0; k < perRow; k++) {
      const end = Math.min(width, 32 * k + 32);
      let word = 0;
      for (let x = end - 1; x >= 32 * k; x--) word = (word << 1) | data[o + x]!;
      words[y * perRow + k] = word;
    }
  }
  return { width, height, words };
}

export function unpackMask({ width, height, words }: PackedMask): Mask {
  const perRow = Math.ceil(width / 32);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const o = y * width;
    for (let k = 0; k < perRow; k++) {
      let word = words[y * perRow + k]!;
      if (word === 0) continue;
      const end = Math.min(width, 32 * k + 32);
      for (let x = 32 * k; x < end; x++, word >>>= 1) data[o + x] = word & 1;
    }
  }
  return { width, height, data };
}

/** Dilation by the disk x² + y² ≤ radius²; as `dilate` of the pixels. */
export function dilatePacked(mask: PackedMask, radius: number): PackedMask {
  if (radius > LARGEST_RADIUS) return packMask(dilate(unpackMask(mask), radius));
  const { width, height, words } = mask;
  const perRow = Math.ceil(width / 32);
  const out = words.slice();
  const reach = Math.floor(radius);
  // Rows at a distance of d see the disk's chord there; equal chords are spread once.
  let chord = -1;
  let spread = words;
  for (let d = reach; d >= 0; d--) {
    const half = Math.floor(Math.sqrt(radius * radius - d * d));
    if (half !== chord) {
      chord = half;
      spread = half === 0 ? words : spreadRows(words, perRow, half);
    }
    const shift = d * perRow;
    for (let i = shift; i < out.length; i++) out[i] = out[i]! | spread[i - shift]!;
    for (let i = 0; i + shift < out.length; i++) out[i] = out[i]! | spread[i + shift]!;
  }
  return { width, height, words: cutTails(out, width, perRow) };
}

/** Erosion by the disk; what lies outside the picture counts as set, as in `erode` of the pixels. */
export function erodePacked(mask: PackedMask, radius: number): PackedMask {
  if (radius > LARGEST_RADIUS) return packMask(erode(unpackMask(mask), radius));
  return invert(dilatePacked(invert(mask), radius));
}

function invert({ width, height, words }: PackedMask): PackedMask {
  const perRow = Math.ceil(width / 32);
  const out = new Uint32Array(words.length);
  for (let i = 0; i < out.length; i++) out[i] = ~words[i]!;
  return { width, height, words: cutTails(out, width, perRow) };
}

/** Every pixel within `half` ≤ 31 pixels of a set one in its row. */
function spreadRows(words: Uint32Array, perRow: number, half: number): Uint32Array {
  const out = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const k = i % perRow;
    const before = k > 0 ? words[i - 1]! : 0;
    const word = words[i]!;
    const after = k + 1 < perRow ? words[i + 1]! : 0;
    if ((before | word | after) === 0) continue;
    let sum = word;
    for (let s = 1; s <= half; s++) {
      sum |= (word << s) | (before >>> (32 - s)) | (word >>> s) | (after << (32 - s));
    }
    out[i] = sum;
  }
  return out;
}

function cutTails(words: Uint32Array, width: number, perRow: number): Uint32Array {
  const rest = width % 32;
  if (rest === 0) return words;
  const kept = 2 ** rest - 1;
  for (let i = perRow - 1; i < words.length; i += perRow) words[i] = words[i]! & kept;
  return words;
}
