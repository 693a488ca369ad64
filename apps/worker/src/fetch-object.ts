import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ObjectKey, objectKey, type Storage } from '@cellmixer/storage';

/**
 * Copies an object into a file.
 *
 * @returns the SHA-256 of what came, hexadecimal
 */
export async function fetchObject(
  storage: Storage,
  key: string | ObjectKey,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(await storage.read(objectKey(key)), tap, createWriteStream(path), { signal });
  return hash.digest('hex');
}
