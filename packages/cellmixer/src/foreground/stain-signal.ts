import { CellMixerError } from '@cellmixer/errors';
import {
  type FloatImage,
  gaussian,
  HAEMATOXYLIN_EOSIN_DAB,
  type Plane,
  planeOf,
  separateStains,
} from '@cellmixer/pixels';

/**
 * Density of the nuclear stain (haematoxylin beside eosin, Ruifrok and Johnston 2001) against the picture's own
 * light. Blurred by one pixel.
 *
 * @throws CellMixerError INVALID_ARGUMENT unless the picture has three channels.
 */
export function stainSignal(image: FloatImage, light: FloatImage): Plane {
  if (image.channels !== 3) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `feature "stain" needs 3 colour channels, the picture has ${image.channels}`,
      { cure: 'Choose the feature "intensity".' },
    );
  }
  const data = new Float32Array(image.data.length);
  for (let i = 0; i < data.length; i++) data[i] = image.data[i]! / light.data[i]!;
  const [a, b, c, d, e, f] = HAEMATOXYLIN_EOSIN_DAB;
  const stains = separateStains({ ...image, data }, [a, b, c, d, e, f, 0, 0, 0], { white: 1 });
  return gaussian(planeOf(stains, 0), 1);
}
