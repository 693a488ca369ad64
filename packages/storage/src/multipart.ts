import { createHash } from 'node:crypto';
import { CellMixerError } from '@cellmixer/errors';
import type { Connection } from './connection.ts';
import { checksumHeader } from './object-info.ts';
import type { ObjectKey } from './object-key.ts';
import { headObject } from './read-object.ts';
import { codeOf } from './translate-error.ts';

/** An unfinished upload of parts. */
export interface MultipartUpload {
  readonly key: ObjectKey;
  readonly uploadId: string;
}

export interface CompletedUpload extends MultipartUpload {
  /** The parts in ascending order, with the ETags that the store answered. */
  readonly parts: readonly { readonly part: number; readonly etag: string }[];
  /** Bytes of the whole. */
  readonly size: number;
}

/** Returns the upload's id. */
export async function startMultipart(
  connection: Connection,
  key: ObjectKey,
  contentType: string,
  sha256?: string,
): Promise<string> {
  const headers = {
    'content-type': contentType,
    ...(sha256 === undefined ? {} : { [checksumHeader]: sha256 }),
  };
  const { bucket } = connection.settings;
  return await connection.run(key, (client) => client.initiateNewMultipartUpload(bucket, key, headers));
}

/** Sends a part and returns its ETag. */
export async function uploadPart(
  connection: Connection,
  key: ObjectKey,
  uploadId: string,
  part: number,
  data: Buffer,
): Promise<string> {
  const query = `partNumber=${part}&uploadId=${encodeURIComponent(uploadId)}`;
  const headers = { 'content-md5': createHash('md5').update(data).digest('base64') };
  const request = { method: 'PUT', bucketName: connection.settings.bucket, objectName: key, query, headers };
  const response = await connection.run(key, (client) => client.makeRequestAsyncOmit({ ...request }, data));
  return (response.headers.etag ?? '').replaceAll('"', '');
}

/**
 * Makes the parts one object. Throws UPLOAD_NOT_FOUND, and CHECKSUM_MISMATCH where the whole has another length than
 * `size`; then the object is deleted again.
 */
export async function completeMultipart(
  connection: Connection,
  { key, uploadId, parts, size }: CompletedUpload,
): Promise<{ etag: string }> {
  const { bucket } = connection.settings;
  const list = parts.map(({ part, etag }) => ({ part, etag: etag.replaceAll('"', '') }));
  let repeated = false;
  const completed = await connection.run(key, async (client) => {
    try {
      const { etag } = await client.completeMultipartUpload(bucket, key, uploadId, list);
      return etag.replaceAll('"', '');
    } catch (error) {
      // The answer to an earlier try may have been lost after the store had done it.
      if (repeated && codeOf(error) === 'NoSuchUpload') return null;
      repeated = true;
      throw error;
    }
  });
  const info = await headObject(connection, key);
  if (info === null || (completed === null && !info.etag.endsWith(`-${list.length}`))) {
    throw new CellMixerError('UPLOAD_NOT_FOUND', `"${key}": the upload was not completed`, {
      subject: key,
      cure: 'Begin it again.',
    });
  }
  if (info.size !== size) {
    await connection.run(key, (client) => client.removeObject(bucket, key));
    throw new CellMixerError(
      'CHECKSUM_MISMATCH',
      `"${key}": ${info.size} bytes came, ${size} were announced`,
      {
        subject: key,
        cure: 'The file changed or was cut short on its way; send it again.',
      },
    );
  }
  return { etag: completed ?? info.etag };
}

/** Forgets the parts; does nothing where there is no such upload any more. */
export async function abortMultipart(
  connection: Connection,
  { key, uploadId }: MultipartUpload,
): Promise<void> {
  const { bucket } = connection.settings;
  await connection.run(key, async (client) => {
    try {
      await client.abortMultipartUpload(bucket, key, encodeURIComponent(uploadId));
    } catch (error) {
      if (!['NoSuchUpload', 'NotFound'].includes(codeOf(error))) throw error;
    }
  });
}

/** A part that has come. */
export interface ListedPart {
  /** From 1 on. */
  readonly part: number;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
}

/** The parts that have come, in ascending order. Throws UPLOAD_NOT_FOUND. */
export async function listParts(
  connection: Connection,
  { key, uploadId }: MultipartUpload,
): Promise<ListedPart[]> {
  const { bucket } = connection.settings;
  const parts = await connection.run(key, (client) => client.partsOf(bucket, key, uploadId));
  return parts.map(({ part, size, etag }) => ({ part, size, etag })).toSorted((a, b) => a.part - b.part);
}
