import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ObjectKey, Storage } from '@cellmixer/storage';
import { IN_ONE_PIECE } from './fetch-object.ts';

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
