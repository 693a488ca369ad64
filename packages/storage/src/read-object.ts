import type { Readable } from 'node:stream';
import { CellMixerError } from '@cellmixer/errors';
import type { BucketItemStat } from 'minio';
import type { Connection } from './connection.ts';
import type { ObjectInfo } from './object-info.ts';
import type { ObjectKey } from './object-key.ts';
import { withRetries } from './retries.ts';
import { isAbsent, isTransient, translate } from './translate-error.ts';

/** From `first`, counted from 0, `length` bytes or as many as there are. */
export interface ByteRange {
  readonly first: number;
  readonly length: number;
}

/** null where there is no such object. */
export async function headObject(connection: Connection, key: ObjectKey): Promise<ObjectInfo | null> {
  const { bucket } = connection.settings;
  return await connection.run(key, async (client) => {
    try {
      return describe(await client.statObject(bucket, key));
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  });
}

/** The bytes as they come. The stream ends in an error where the connection breaks before the last of them. */
export async function readObject(
  connection: Connection,
  key: ObjectKey,
  range?: ByteRange,
): Promise<Readable> {
  const { bucket } = connection.settings;
  if (range !== undefined) checkRange(key, range);
  return await connection.run(key, async (client) =>
    range === undefined
      ? await client.getObject(bucket, key)
      : await client.getPartialObject(bucket, key, range.first, range.length),
  );
}

/** The whole object, or a range of it, in memory; a stream that broke is begun again. Throws REQUEST_TOO_LARGE beyond `limit` bytes. */
export async function readBytes(
  connection: Connection,
  key: ObjectKey,
  limit: number,
  range?: ByteRange,
): Promise<Buffer> {
  try {
    return await withRetries(async () => collect(await readObject(connection, key, range), key, limit));
  } catch (error) {
    if (!isTransient(error)) throw error;
    throw translate(error, key, connection.settings.bucket);
  }
}

async function collect(stream: Readable, key: ObjectKey, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > limit) {
      throw new CellMixerError('REQUEST_TOO_LARGE', `"${key}" has more than ${limit} bytes`, {
        subject: key,
        cure: 'Read it as a stream or in ranges.',
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function describe(stat: BucketItemStat): ObjectInfo {
  const { metaData } = stat;
  const sha256 = metaData.sha256;
  return {
    size: stat.size,
    contentType: String(metaData['content-type'] ?? 'application/octet-stream'),
    etag: stat.etag,
    modified: stat.lastModified,
    sha256: typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null,
  };
}

function checkRange(key: ObjectKey, { first, length }: ByteRange): void {
  if (Number.isSafeInteger(first) && Number.isSafeInteger(length) && first >= 0 && length > 0) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `"${key}": no bytes lie in the range from ${first} of length ${length}`,
    {
      subject: key,
      cure: 'Ask for at least one byte, from 0 on.',
    },
  );
}
