import { CellMixerError } from '@cellmixer/errors';
import type { NetworkShape } from '../models/model-catalogue.ts';

export interface PictureSize {
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Reads [count, channels, height, width] and holds it against the network.
 *
 * @param maxPixels over all pictures of the request
 * @throws INVALID_ARGUMENT, REQUEST_TOO_LARGE
 */
export function checkPictures(
  shape: readonly number[],
  network: NetworkShape,
  maxPixels: number,
): PictureSize {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  if (shape.length !== 4 || count < 1 || channels !== network.inputChannels)
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `"images" is [${shape}]; [pictures, ${network.inputChannels}, height, width] is wanted`,
    );
  const { multiple } = network;
  if (height < 1 || width < 1 || height % multiple !== 0 || width % multiple !== 0)
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `pictures of ${width}×${height}; both sides must be multiples of ${multiple}`,
      { cure: 'Pad the picture.' },
    );
  if (count * height * width > maxPixels)
    throw new CellMixerError(
      'REQUEST_TOO_LARGE',
      `${count} pictures of ${width}×${height} are ${count * height * width} pixels; at most ${maxPixels} are taken`,
      { cure: 'Cut the picture into tiles, or send fewer at once.' },
    );
  return { count, height, width };
}
