import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { copyBytes } from '../disk/copy-bytes.ts';
import type { UploadedPart } from '../disk/multipart-uploads.ts';
import type { NewFile } from '../disk/new-file.ts';
import { writeCondition } from '../http/conditions.ts';
import type { Operation } from '../http/exchange.ts';
import { readText } from '../http/read-text.ts';
import { respondXml } from '../http/respond.ts';
import { type CompletedPart, readCompletion } from '../protocol/read-xml.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { findUpload } from './multipart.ts';

/** Bytes that every part but the last must have, as with Amazon: 5 MiB. */
const smallestPart = 5 * 1024 ** 2;

/** Puts the named parts together, in their order, and publishes the whole. Parts that are not named are dropped. */
export const completeUpload: Operation = async (exchange) => {
  const { request, response, target, store, now } = exchange;
  const bucket = store.bucket(target.bucket);
  const upload = await findUpload(exchange);
  const asked = readCompletion(await readText(exchange));
  const condition = writeCondition(request.headers);
  // Nothing is said while gigabytes are put together; the idle limit must not end that.
  request.socket.setTimeout(0);
  const etag = await store.uploads.hold(upload, async () => {
    const chosen = choose(asked, await store.uploads.parts(upload));
    const etag = etagOf(chosen);
    await store.temporary.use(async (file) => {
      const { size, sha256 } = await concatenate(chosen, file);
      const { key, headers } = upload;
      await bucket.publish(
        file,
        { key, size, etag, sha256, modified: now, headers, checksums: {} },
        condition,
      );
    });
    await store.uploads.remove(upload);
    return etag;
  });
  respondXml(response, 'CompleteMultipartUploadResult', {
    Location: `/${target.path.slice(1)}`,
    Bucket: upload.bucket,
    Key: upload.key,
    ETag: `"${etag}"`,
  });
};

function choose(asked: readonly CompletedPart[], present: readonly UploadedPart[]): UploadedPart[] {
  if (asked.some((part, place) => place > 0 && asked[place - 1]!.PartNumber >= part.PartNumber)) {
    throw new S3Error('InvalidPartOrder', 'The parts must be named in ascending order, each once');
  }
  const byNumber = new Map(present.map((part) => [part.number, part]));
  return asked.map((part, place) => {
    const found = byNumber.get(part.PartNumber);
    if (found === undefined || !matches(part, found)) {
      throw new S3Error(
        'InvalidPart',
        `Part ${part.PartNumber} is not there, or its ETag or checksum is another one`,
      );
    }
    if (place < asked.length - 1 && found.record.size < smallestPart) {
      throw new S3Error(
        'EntityTooSmall',
        `Part ${part.PartNumber} has ${found.record.size} bytes; all but the last need ${smallestPart}`,
      );
    }
    return found;
  });
}

function matches(asked: CompletedPart, { record }: UploadedPart): boolean {
  const { crc32, crc32c, sha1, sha256 } = record.checksums;
  const pairs = [
    [asked.ETag.replaceAll('"', ''), record.etag],
    [asked.ChecksumCRC32, crc32],
    [asked.ChecksumCRC32C, crc32c],
    [asked.ChecksumSHA1, sha1],
    [asked.ChecksumSHA256, sha256],
  ];
  return pairs.every(([given, stored]) => given === undefined || given === stored);
}

/** The MD5 of the parts' MD5s and their number: what S3 gives to an object of parts. */
function etagOf(parts: readonly UploadedPart[]): string {
  const md5 = createHash('md5');
  for (const { record } of parts) md5.update(Buffer.from(record.etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

async function concatenate(
  parts: readonly UploadedPart[],
  file: NewFile,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for (const { path, record } of parts) {
    await using part = await open(path, 'r');
    await copyBytes(part, file, record.size, (piece) => hash.update(piece));
    size += record.size;
  }
  return { size, sha256: hash.digest('hex') };
}
