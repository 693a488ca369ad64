import type { FloatImage } from '@cellmixer/pixels';
import { type OpenImageOptions, openImage } from './open-image.ts';
import type { ReadOptions } from './opened-image.ts';

/** One plane of a file as float32, planar, native values (not scaled to 0…1). */
export async function readFloatImage(
  source: string | Uint8Array,
  options: OpenImageOptions & ReadOptions = {},
): Promise<FloatImage> {
  const image = await openImage(source, options);
  try {
    return await image.readFloat(options);
  } finally {
    await image.close();
  }
}
