import type { FloatImage, Raster } from '@cellmixer/pixels';

/** The same numbers as float32 (exact up to 24 bits), unscaled. */
export function toFloat({ width, height, channels, data }: Raster): FloatImage {
  return { width, height, channels, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}
