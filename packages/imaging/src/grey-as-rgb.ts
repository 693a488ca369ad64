import type { PixelData, Raster } from '@cellmixer/pixels';
import type { SampleDepth } from './opened-image.ts';
import { createSamples } from './sample-type.ts';

/** Burnt-in scale bars and times stand in this outer share of the picture's height or width. */
const edgeBand = 0.15;
/** Most of the picture that a coloured annotation may cover. */
const mostAnnotation = 0.05;

/** How many pixels of an RGB picture have unequal channels, and where. */
export interface ColourTally {
  pixels: number;
  coloured: number;
  colouredInside: number;
  /** Equal channels, neither black nor saturated: only these speak for a grey picture. */
  grey: number;
}

export function createColourTally(): ColourTally {
  return { pixels: 0, coloured: 0, colouredInside: 0, grey: 0 };
}

/** Counts a part of an RGB picture of `full` size whose upper left corner is at (left, top). */
export function tallyColours(
  tally: ColourTally,
  part: Raster,
  maxValue: number,
  full: { readonly width: number; readonly height: number },
  left = 0,
  top = 0,
): void {
  const { width, height, data } = part;
  const size = width * height;
  for (let y = 0, i = 0; y < height; y++) {
    const rowInside = isInside(y + top, full.height);
    for (let x = 0; x < width; x++, i++) {
      const red = data[i]!;
      if (red === data[size + i] && red === data[2 * size + i]) {
        if (red !== 0 && red !== maxValue) tally.grey++;
      } else {
        tally.coloured++;
        if (rowInside && isInside(x + left, full.width)) tally.colouredInside++;
      }
    }
  }
  tally.pixels += size;
}

function isInside(position: number, length: number): boolean {
  return position >= length * edgeBand && position < length * (1 - edgeBand);
}

/**
 * True for a grey picture that was stored as RGB: all channels equal, or equal but for a coloured scale bar
 * at the edge. Coloured cells on black stay colour: black pixels do not count as grey.
 */
export function isGreyAsRgb(tally: ColourTally): boolean {
  if (tally.coloured === 0) return true;
  return (
    tally.coloured <= mostAnnotation * tally.pixels &&
    tally.colouredInside <= 0.01 * tally.coloured &&
    tally.grey >= 0.5 * tally.pixels
  );
}

/** "1.3 % of the pixels are coloured …" or null where none are. */
export function annotationNote(tally: ColourTally): string | null {
  if (tally.coloured === 0) return null;
  const share = ((100 * tally.coloured) / tally.pixels).toFixed(1);
  return `a grey picture with a coloured scale bar or text at its edge (${share} % of the pixels), read as grey`;
}

/** One channel from three: the common value, or the luma (ITU-R BT.601) where they differ. */
export function greyFromRgb(data: PixelData, depth: SampleDepth): PixelData {
  const size = data.length / 3;
  const grey = createSamples(depth, size);
  for (let i = 0; i < size; i++) {
    const red = data[i]!;
    const green = data[size + i]!;
    const blue = data[2 * size + i]!;
    const equal = red === green && red === blue;
    grey[i] = equal ? red : Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return grey;
}
