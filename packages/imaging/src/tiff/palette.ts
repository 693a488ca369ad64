import type { PixelData } from '@cellmixer/pixels';
import { damaged } from '../image-errors.ts';
import type { TiffFile } from './tiff-directory.ts';
import type { TiffPage } from './tiff-page.ts';
import { tags } from './tiff-tags.ts';

/** Red, green and blue of every index, 8 bits each: `palette[colour * entries + index]`. */
export function readPalette(file: TiffFile, page: TiffPage): Uint8Array {
  const entries = 2 ** page.storedBits;
  const map = page.storedBits <= 16 ? file.directory(page.offset).numbers(tags.colorMap, entries * 3) : [];
  if (map.length !== entries * 3 || page.samples !== 1) {
    throw damaged(file.source.name, `its palette has ${map.length} values where ${entries * 3} are needed`);
  }
  // The standard wants 16-bit values; some writers give 8-bit ones.
  const wide = map.some((value) => value > 255);
  return Uint8Array.from(map, (value) => (wide ? value >> 8 : value));
}

export function isGreyPalette(palette: Uint8Array): boolean {
  const entries = palette.length / 3;
  for (let i = 0; i < entries; i++) {
    if (palette[i] !== palette[entries + i] || palette[i] !== palette[2 * entries + i]) return false;
  }
  return true;
}

/** Indices → the first `channels` (1 or 3) colours, planar. */
export function applyPalette(indices: PixelData, palette: Uint8Array, channels: number): Uint8Array {
  const entries = palette.length / 3;
  const size = indices.length;
  const out = new Uint8Array(size * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < size; i++) out[channel * size + i] = palette[channel * entries + indices[i]!]!;
  }
  return out;
}
