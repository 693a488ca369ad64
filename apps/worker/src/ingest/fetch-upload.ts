import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ObjectKey, Storage } from '@cellmixer/storage';
import { fetchObject } from '../fetch-object.ts';
import { IN_ONE_PIECE, putFile } from '../put-file.ts';

/** An upload as it was read. */
export interface FetchedUpload {
  readonly key: ObjectKey;
  /** Its bytes, or the file where they lie. */
  readonly source: Uint8Array | string;
  /** SHA-256 of what came, hexadecimal. */
  readonly checksum: string;
}

/** Reads an upload: into memory, or into a file where it is large. */
export async function fetchUpload(
  storage: Storage,
  key: ObjectKey,
  size: number,
  folder: () => Promise<string>,
  signal: AbortSignal,
): Promise<FetchedUpload> {
  signal.throwIfAborted();
  if (size <= IN_ONE_PIECE) {
    const source = await storage.readBytes(key, { limit: size });
    return { key, source, checksum: createHash('sha256').update(source).digest('hex') };
  }
  const source = join(await folder(), 'original');
  return { key, source, checksum: await fetchObject(storage, key, source, signal) };
}

/**
 * Keeps an upload for good. Whose checksum was announced stays where it came: its ticket lets no other bytes replace it.
 * Any other is sent on with the checksum that was found, and what came is left over.
 *
 * @returns where it is kept
 */
export async function keepOriginal(
  storage: Storage,
  { key, source, checksum }: FetchedUpload,
  elsewhere: ObjectKey,
  isChecked: boolean,
): Promise<ObjectKey> {
  if (isChecked || key === elsewhere) return key;
  const contentType = 'application/octet-stream';
  if (typeof source === 'string') await putFile(storage, elsewhere, source, contentType);
  else await storage.put(elsewhere, source, { contentType, sha256: checksum });
  return elsewhere;
}
