import { join } from 'node:path';
import type { Image } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { type ReadableImage, readImageSource } from '@cellmixer/imaging';
import { fetchObject } from './fetch-object.ts';
import { fileName } from './file-name.ts';
import type { Parts } from './parts.ts';
import { pixelsOf } from './pixels-of.ts';

/** What is asked of an image whose pixels are read. */
export type StoredImage = Pick<Image, 'id'> & Parameters<typeof pixelsOf>[0];

/** Fetches an image's pixels into a folder, checks their bytes, and opens them. */
export async function openPixels(
  { storage }: Pick<Parts, 'storage'>,
  image: StoredImage,
  folder: string,
  signal: AbortSignal,
): Promise<ReadableImage> {
  const { key, checksum, name } = pixelsOf(image);
  const file = join(folder, fileName(image.id, name));
  const found = await fetchObject(storage, key, file, signal);
  if (found !== checksum) {
    throw new CellMixerError('CHECKSUM_MISMATCH', `"${image.name}" is not what was ingested`, {
      subject: image.name,
      cure: 'The bucket has been tampered with or is damaged: restore the object or upload the file again.',
    });
  }
  return { ...(await readImageSource(file)), name: image.name };
}
