import type { Connection } from './connection.ts';
import type { ObjectKey } from './object-key.ts';
import { codeOf } from './translate-error.ts';

/** Bytes that a store copies in one request: 5 GiB. */
export const largestCopy = 5 * 1024 ** 3;

/**
 * Copies an object of at most `largestCopy` bytes inside the store; type and checksum go along.
 *
 * @param etag what the source must be still
 * @returns false where it is another one by now; nothing is copied then
 */
export async function copyObject(
  connection: Connection,
  from: ObjectKey,
  to: ObjectKey,
  etag?: string,
): Promise<boolean> {
  const { bucket } = connection.settings;
  return await connection.run(from, async (client) => {
    const { CopyConditions } = await import('minio');
    const conditions = new CopyConditions();
    if (etag !== undefined) conditions.setMatchETag(`"${etag}"`);
    try {
      await client.copyObject(bucket, to, `/${bucket}/${from}`, conditions);
      return true;
    } catch (error) {
      if (codeOf(error) === 'PreconditionFailed') return false;
      throw error;
    }
  });
}
