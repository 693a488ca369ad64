import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { largestCopy, type ObjectKey, type Storage } from '@cellmixer/storage';
import { fetchObject } from '../fetch-object.ts';
import { IN_ONE_PIECE, putFile } from '../put-file.ts';

/** An upload as it was read. */
export interface FetchedUpload {
  readonly key: ObjectKey;
  /** Its bytes, or the file where they lie. */
  readonly source: Uint8Array | string;
  readonly size: number;
  /** SHA-256 of what came, hexadecimal. */
  readonly checksum: string;
  readonly etag: string;
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
    const { bytes, etag } = await storage.readWhole(key, { limit: size });
    const checksum = createHash('sha256').update(bytes).digest('hex');
    return { key, source: bytes, size, checksum, etag };
  }
  const info = await storage.head(key);
  if (info === null) throw new CellMixerError('OBJECT_NOT_FOUND', `"${key}" is not there`, { subject: key });
  const source = join(await folder(), 'original');
  const checksum = await fetchObject(storage, key, source, signal);
  return { key, source, size, checksum, etag: info.etag };
}

/**
 * Keeps an upload for good: copied inside the store, and sent where it was replaced since it was read, is too large
 * for one copy, or came without a checksum, which the store shall keep.
 */
export async function keepOriginal(
  storage: Storage,
  { key, source, size, checksum, etag }: FetchedUpload,
  to: ObjectKey,
  isChecked: boolean,
): Promise<void> {
  if (key === to) return;
  if (isChecked && size <= largestCopy && (await storage.copy(key, to, etag))) return;
  const contentType = 'application/octet-stream';
  if (typeof source === 'string') await putFile(storage, to, source, contentType);
  else await storage.put(to, source, { contentType, sha256: checksum });
}
