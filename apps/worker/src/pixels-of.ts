import type { Image } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';

/** Where an image's pixels are read from. */
export interface Pixels {
  readonly key: string;
  /** SHA-256 of the object, hexadecimal. */
  readonly checksum: string | null;
  /** How its file may be called, with an ending that tells its kind. */
  readonly name: string;
}

/**
 * The original; or, where that holds more than this image (time points, planes of a stack), the image's own pyramid,
 * whose full resolution is packed without loss. So nobody fetches a whole series for one time point.
 *
 * @throws OBJECT_NOT_FOUND where there is none any more
 */
export function pixelsOf(
  image: Pick<Image, 'name' | 'originalKey' | 'pyramidKey' | 'checksum' | 'planeChecksum'>,
): Pixels {
  const { name, planeChecksum } = image;
  const isPlane = planeChecksum !== null;
  const key = isPlane ? image.pyramidKey : image.originalKey;
  if (key === null) throw new CellMixerError('OBJECT_NOT_FOUND', `"${name}" has no bytes`, { subject: name });
  return isPlane
    ? { key, checksum: planeChecksum, name: 'plane.ome.tiff' }
    : { key, checksum: image.checksum, name };
}
