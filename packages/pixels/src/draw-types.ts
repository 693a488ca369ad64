import { contrastOf } from './contrast.ts';
import { overlay, typePalette } from './palette.ts';
import type { ClassMap, FloatImage, LabelMap, Raster } from './raster.ts';

const TINT = 0.28;

/** The picture with its cells tinted and outlined in the colours of their types. */
export function drawTypes(
  image: FloatImage,
  classMap: ClassMap,
  instances: LabelMap | null,
  types: number,
): Raster<Uint8Array> {
  const palette = typePalette(types);
  const drawn = overlay(image, classMap, palette, TINT, contrastOf(image));
  const { width, height } = classMap;
  const size = width * height;
  const regions = instances?.data ?? classMap.data;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const colour = palette[classMap.data[i]! - 1];
      if (colour === undefined || !isBorder(regions, i, x, y, width, height)) continue;
      for (let channel = 0; channel < 3; channel++) drawn.data[channel * size + i] = colour[channel]!;
    }
  }
  return drawn;
}

function isBorder(
  regions: Int32Array | Uint8Array,
  i: number,
  x: number,
  y: number,
  width: number,
  height: number,
): boolean {
  const own = regions[i]!;
  return (
    (x > 0 && regions[i - 1] !== own) ||
    (x < width - 1 && regions[i + 1] !== own) ||
    (y > 0 && regions[i - width] !== own) ||
    (y < height - 1 && regions[i + width] !== own)
  );
}
