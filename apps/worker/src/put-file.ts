import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ObjectKey, Storage } from '@cellmixer/storage';

/** Sends a file as it lies on the disk. */
export async function putFile(
  storage: Storage,
  key: ObjectKey,
  path: string,
  contentType: string,
): Promise<void> {
  const { size } = await stat(path);
  await storage.put(key, createReadStream(path), { size, contentType });
}
