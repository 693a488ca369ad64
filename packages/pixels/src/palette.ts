import { requireAtLeast, requireGrid, requireSameSize, requireWhole } from './checks.ts';
import { CLASS_COLOURS } from './class-colours.ts';
import type { ClassMap, LabelMap, Mask, PixelData, Raster } from './raster.ts';

/** Red, green, blue, 0…255. */
export type Rgb = readonly [number, number, number];

const CLASS_RGB: readonly Rgb[] = CLASS_COLOURS.map(({ hex }) => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
]);

/** What is ignored (255 in a class map). */
const IGNORED: Rgb = [128, 128, 128];

/**
 * Colours for `n` types, first to last. Seven are told apart by all; further ones repeat them lighter and darker.
 */
export function typePalette(n: number): Rgb[] {
  requireWhole('n', n, 1);
  return Array.from({ length: n }, (_, i) => {
    const colour = CLASS_RGB[i % CLASS_RGB.length]!;
    const round = Math.floor(i / CLASS_RGB.length);
    if (round === 0) return colour;
    // Odd rounds go towards white, even ones towards black, further each time.
    const part = 1 - 0.65 / Math.ceil(round / 2);
    const towards = round % 2 === 1 ? 255 : 0;
    const blend = (v: number): number => Math.round(v + part * (towards - v));
    return [blend(colour[0]), blend(colour[1]), blend(colour[2])];
  });
}

/** A class map in colours: background black, type k in `palette[k − 1]`, ignored grey. */
export function renderClassMap(classMap: ClassMap, palette: readonly Rgb[]): Raster<Uint8Array> {
  requireGrid('classMap', classMap);
  const { width, height, data } = classMap;
  const size = width * height;
  const out = new Uint8Array(3 * size);
  const colours = classColours(palette);
  for (let i = 0; i < size; i++) {
    const c = 3 * data[i]!;
    out[i] = colours[c]!;
    out[i + size] = colours[c + 1]!;
    out[i + 2 * size] = colours[c + 2]!;
  }
  return { width, height, channels: 3, data: out };
}

export interface OverlayOptions {
  /** Value of the picture that is shown black; 0 by default. */
  readonly black?: number;
  /** Value that is shown white; 255 by default. */
  readonly white?: number;
}

/**
 * The picture (one grey or three colour channels; others show their first) with types or objects over it at
 * opacity `alpha`, 0…1. Labels (Int32Array) take the palette's colours in turn, classes (Uint8Array) each its own.
 */
export function overlay(
  image: Raster<PixelData>,
  map: ClassMap | LabelMap | Mask,
  palette: readonly Rgb[],
  alpha: number,
  options: OverlayOptions = {},
): Raster<Uint8Array> {
  requireGrid('image', image);
  requireGrid('map', map);
  requireSameSize('map', map, 'image', image);
  requireAtLeast('alpha', alpha, 0);
  if (palette.length === 0) throw new RangeError('palette is empty; use typePalette(n)');
  const { black = 0, white = 255 } = options;
  const { width, height } = image;
  const size = width * height;
  const classes = map.data;
  const isLabels = classes instanceof Int32Array;
  const colours = classColours(palette);
  const scale = 255 / (white - black);
  const out = new Uint8Array(3 * size);
  for (let channel = 0; channel < 3; channel++) {
    const from = image.channels === 3 ? channel * size : 0;
    for (let i = 0; i < size; i++) {
      let value = (image.data[from + i]! - black) * scale;
      value = value > 0 ? (value < 255 ? value : 255) : 0;
      const label = classes[i]!;
      if (label !== 0) {
        const colour = isLabels ? 1 + ((label - 1) % palette.length) : label;
        value += alpha * (colours[3 * colour + channel]! - value);
      }
      out[channel * size + i] = value + 0.5;
    }
  }
  return { width, height, channels: 3, data: out };
}

/** Colours of the classes 0…255; those beyond the palette take its colours in turn. */
function classColours(palette: readonly Rgb[]): Uint8Array {
  const colours = new Uint8Array(3 * 256);
  for (let c = 1; c < 255 && palette.length > 0; c++) colours.set(palette[(c - 1) % palette.length]!, 3 * c);
  colours.set(IGNORED, 3 * 255);
  return colours;
}
