import { CellMixerError } from '@cellmixer/errors';
import { type PixelData, type Raster, resampleArea } from '@cellmixer/pixels';
import { encodePng } from '../encode.ts';
import { type DisplayRange, displayRange } from './display-range.ts';
import { halveRaster } from './halve.ts';
import { sampleFormatOf } from './sample-format.ts';

export interface ThumbnailOptions {
  /** Longer side in pixels; 256 if absent. Smaller pictures keep their size. */
  readonly side?: number;
  /** As `OpenedImage.maxValue`: the largest storable value. By the numbers' type if absent. */
  readonly maxValue?: number;
  /** Three channels are red, green and blue; true if absent. */
  readonly rgb?: boolean;
}

/** Colours of several stains, light added to light; told apart with every kind of colour vision by their order. */
const stainColours = [
  [0, 255, 0],
  [255, 0, 255],
  [0, 160, 255],
  [255, 140, 0],
  [255, 255, 255],
] as const;

/**
 * A small PNG of 8 bits: grey, or RGB. Give it the overview that `writeOmeTiffPyramid` returns rather than a large
 * picture.
 *
 * Colours of 8 bits are shown as they are. Everything else is stretched from the 0.5th to the 99.5th percentile, never
 * so far that noise looks like something: see `displayRange`. Three channels are RGB with one range, so that colours
 * stay; other numbers of channels are stains, each with its own range and colour.
 *
 * @throws INVALID_ARGUMENT where the side is no whole number of at least 1 or the data do not fit the size
 */
export async function makeThumbnail(picture: Raster, options: ThumbnailOptions = {}): Promise<Uint8Array> {
  const { side = 256, rgb = true } = options;
  if (!Number.isInteger(side) || side < 1) {
    throw new CellMixerError('INVALID_ARGUMENT', `a thumbnail of ${side} pixels`, {
      cure: 'Give the longer side as a whole number of pixels.',
    });
  }
  if (picture.data.length !== picture.width * picture.height * picture.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `a thumbnail of ${picture.data.length} values for ${picture.width} × ${picture.height} × ${picture.channels}`,
      { cure: 'Give a raster whose data fits its size.' },
    );
  }
  const { width, height, channels, data } = shrink(picture, side);
  const size = width * height;
  const whole = sampleFormatOf(picture.data).depth;
  const range = (values: Float32Array): DisplayRange =>
    displayRange({ width, height: values.length / width, data: values }, whole, {
      maxValue: options.maxValue,
      colour: channels === 3 && rgb,
    });
  if (channels === 1 || (channels === 3 && rgb)) {
    const shown = range(data);
    return await encodePng({ width, height, channels, data: stretch(data, shown) });
  }
  const light = new Float32Array(3 * size);
  for (let channel = 0; channel < channels; channel++) {
    const values = data.subarray(channel * size, (channel + 1) * size);
    const grey = stretch(values, range(values));
    const colour = stainColours[channel % stainColours.length]!;
    for (let part = 0; part < 3; part++) {
      for (let i = 0; i < size; i++) light[part * size + i]! += (grey[i]! * colour[part]!) / 255;
    }
  }
  return await encodePng({
    width,
    height,
    channels: 3,
    data: Uint8Array.from(light, (v) => Math.min(255, Math.round(v))),
  });
}

/** Halves until a last step by areas is cheap; never enlarges. NaN becomes 0. */
function shrink(picture: Raster, side: number): Raster<Float32Array> {
  const { depth } = sampleFormatOf(picture.data);
  let small = picture;
  while (Math.max(small.width, small.height) >= 4 * side) small = halveRaster(small, depth);
  const image = { ...small, data: finiteFloats(small.data) };
  const longer = Math.max(small.width, small.height);
  if (longer <= side) return image;
  const scaled = (length: number): number => Math.max(1, Math.round((length * side) / longer));
  return resampleArea(image, scaled(small.width), scaled(small.height));
}

// Loops: `from` with a function takes ten times as long, which many pictures feel.
function finiteFloats(data: PixelData): Float32Array {
  const floats = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    floats[i] = Number.isFinite(value) ? value : 0;
  }
  return floats;
}

function stretch(values: Float32Array, { black, white }: DisplayRange): Uint8Array {
  const scale = 255 / (white - black);
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const rounded = (values[i]! - black) * scale + 0.5;
    bytes[i] = rounded <= 0 ? 0 : rounded >= 255 ? 255 : rounded;
  }
  return bytes;
}
