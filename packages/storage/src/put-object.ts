import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { CellMixerError } from '@cellmixer/errors';
import type { Connection } from './connection.ts';
import { abortMultipart, completeMultipart, startMultipart, uploadPart } from './multipart.ts';
import { checksumHeader } from './object-info.ts';
import type { ObjectKey } from './object-key.ts';
import { partSizeFor, piecesOf } from './pieces.ts';

export interface PutOptions {
  readonly contentType: string;
  /** Bytes; demanded for a stream. */
  readonly size?: number;
  /** Hexadecimal, where the caller knows it: then anything else is refused. */
  readonly sha256?: string;
}

export interface PutObject {
  readonly size: number;
  readonly etag: string;
  /** Hexadecimal, of the bytes that were sent. */
  readonly sha256: string;
}

/**
 * Writes an object. Whoever reads sees the old one or the whole new one. Memory holds at most one part (16 MiB for
 * objects up to 160 GB). The checksum is kept with the object, except for a stream of several parts whose checksum
 * the caller did not know. Throws CHECKSUM_MISMATCH where length or checksum are others than announced; then
 * nothing is written.
 */
export async function putObject(
  connection: Connection,
  key: ObjectKey,
  body: Uint8Array | Readable,
  options: PutOptions,
): Promise<PutObject> {
  const size = options.size ?? (body instanceof Readable ? undefined : body.length);
  if (size === undefined || !Number.isSafeInteger(size) || size < 0) {
    throw new CellMixerError('INVALID_ARGUMENT', `"${key}": the size of a stream must be given`, {
      subject: key,
      cure: 'Give its number of bytes.',
    });
  }
  const partSize = partSizeFor(size);
  const pieces = piecesOf(body, partSize);
  if (size <= partSize) return await putWhole(connection, key, pieces, size, options);
  return await putParts(connection, key, pieces, size, options);
}

async function putWhole(
  connection: Connection,
  key: ObjectKey,
  pieces: AsyncIterable<Buffer>,
  size: number,
  { contentType, sha256 }: PutOptions,
): Promise<PutObject> {
  let data: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) data = data.length === 0 ? piece : Buffer.concat([data, piece]);
  const actual = createHash('sha256').update(data).digest('hex');
  check(key, { size, sha256 }, { size: data.length, sha256: actual });
  const headers = { 'Content-Type': contentType, [checksumHeader]: actual };
  const { bucket } = connection.settings;
  const { etag } = await connection.run(key, (client) =>
    client.putObject(bucket, key, data, data.length, headers),
  );
  return { size, etag, sha256: actual };
}

async function putParts(
  connection: Connection,
  key: ObjectKey,
  pieces: AsyncIterable<Buffer>,
  size: number,
  { contentType, sha256 }: PutOptions,
): Promise<PutObject> {
  const uploadId = await startMultipart(connection, key, contentType, sha256);
  try {
    const hash = createHash('sha256');
    const parts: { part: number; etag: string }[] = [];
    let sent = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      sent += piece.length;
      if (sent > size) break;
      const part = parts.length + 1;
      parts.push({ part, etag: await uploadPart(connection, key, uploadId, part, piece) });
    }
    const actual = hash.digest('hex');
    check(key, { size, sha256 }, { size: sent, sha256: actual });
    const { etag } = await completeMultipart(connection, { key, uploadId, parts, size });
    return { size, etag, sha256: actual };
  } catch (error) {
    // What went wrong first is what the caller must hear of; the server forgets the upload by itself in time.
    await abortMultipart(connection, { key, uploadId }).catch(() => {});
    throw error;
  }
}

function check(
  key: ObjectKey,
  announced: { readonly size: number; readonly sha256: string | undefined },
  actual: { readonly size: number; readonly sha256: string },
): void {
  if (announced.size !== actual.size) {
    throw mismatch(key, `${actual.size} bytes or more came, ${announced.size} were announced`);
  }
  if (announced.sha256 !== undefined && announced.sha256 !== actual.sha256) {
    throw mismatch(key, `the SHA-256 is ${actual.sha256}, ${announced.sha256} was announced`);
  }
}

function mismatch(key: ObjectKey, what: string): CellMixerError {
  return new CellMixerError('CHECKSUM_MISMATCH', `"${key}": ${what}`, {
    subject: key,
    cure: 'The file changed or was cut short on its way; send it again.',
  });
}
