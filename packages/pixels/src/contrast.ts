import type { FloatImage, Raster } from './raster.ts';

export interface Contrast {
  readonly black: number;
  readonly white: number;
}

/** Values that are shown black and white so that all but the darkest and brightest 3 ‰ keep their shades. */
export function contrastOf(image: FloatImage): Contrast {
  const step = Math.max(1, Math.floor(image.data.length / 100_000));
  const values = new Float32Array(Math.floor((image.data.length - 1) / step) + 1);
  for (let i = 0; i < values.length; i++) values[i] = image.data[i * step]!;
  values.sort();
  const black = values[Math.floor(0.003 * (values.length - 1))]!;
  const white = values[Math.ceil(0.997 * (values.length - 1))]!;
  return white > black ? { black, white } : { black, white: black + 1 };
}

/** One grey or three colour channels of 8 bits; of pictures with other numbers of channels the first is shown. */
export function toBytes(
  image: FloatImage,
  { black, white }: Contrast = contrastOf(image),
): Raster<Uint8Array> {
  const channels = image.channels === 3 ? 3 : 1;
  const data = new Uint8Array(channels * image.width * image.height);
  const scale = 255 / (white - black);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.max(0, Math.min(255, Math.round((image.data[i]! - black) * scale)));
  }
  return { width: image.width, height: image.height, channels, data };
}
