import { CellMixerError } from '@cellmixer/errors';
import type { FloatImage } from '@cellmixer/pixels';
import type { ImageSource } from '../contracts.ts';

/**
 * Reads a picture and makes sure that every value is a number.
 *
 * @throws CellMixerError IMAGE_UNREADABLE naming the picture and the pixel.
 */
export async function readNative(source: ImageSource): Promise<FloatImage> {
  const image = await source.read();
  const { data, width, height } = image;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (v - v === 0) continue;
    const at = i % (width * height);
    throw new CellMixerError(
      'IMAGE_UNREADABLE',
      `"${source.name}": the pixel at ${at % width},${Math.floor(at / width)} is ${v}`,
      { subject: source.name, cure: 'Replace values that are not numbers before the import.' },
    );
  }
  return image;
}
