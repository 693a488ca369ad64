import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ObjectKey, Storage } from '@cellmixer/storage';

/** Bytes up to which files go through memory in one piece: streams cost more than such files themselves. */
export const IN_ONE_PIECE = 8 * 1024 ** 2;

/** Sends a file as it lies on the disk. */
export async function putFile(
  storage: Storage,
  key: ObjectKey,
  path: string,
  contentType: string,
): Promise<void> {
  const { size } = await stat(path);
  const body = size <= IN_ONE_PIECE ? await readFile(path) : createReadStream(path);
  await storage.put(key, body, { size, contentType });
}
