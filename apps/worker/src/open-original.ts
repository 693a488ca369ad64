import { join } from 'node:path';
import type { Image } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { type ReadableImage, readImageSource } from '@cellmixer/imaging';
import { fetchObject } from './fetch-object.ts';
import { fileName } from './file-name.ts';
import type { Parts } from './parts.ts';

/** Fetches an image's original into a folder, checks its bytes, and opens it. */
export async function openOriginal(
  { storage }: Pick<Parts, 'storage'>,
  image: Pick<Image, 'id' | 'name' | 'originalKey' | 'checksum'>,
  folder: string,
  signal: AbortSignal,
): Promise<ReadableImage> {
  if (image.originalKey === null)
    throw new CellMixerError('OBJECT_NOT_FOUND', `"${image.name}" has no bytes`, { subject: image.name });
  const file = join(folder, fileName(image.id, image.name));
  const checksum = await fetchObject(storage, image.originalKey, file, signal);
  if (checksum !== image.checksum) {
    throw new CellMixerError('CHECKSUM_MISMATCH', `"${image.name}" is not what was ingested`, {
      subject: image.name,
      cure: 'The bucket has been tampered with or is damaged: restore the object or upload the file again.',
    });
  }
  return { ...(await readImageSource(file)), name: image.name };
}
