import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NewFile } from '../disk/new-file.ts';
import { S3Error } from '../protocol/s3-error.ts';
import type { Authentication } from '../signature/authenticate.ts';
import { type ChecksumAlgorithm, type Checksums, type Digest, startChecksum } from './checksums.ts';
import { decodeChunks } from './chunked-body.ts';
import type { ExpectedBody } from './expected-body.ts';

/** What has been written, verified. */
export interface ReceivedBody {
  readonly size: number;
  /** Hexadecimal. */
  readonly md5: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Those that the client sent along. */
  readonly checksums: Checksums;
}

/**
 * Appends a request's body to `file`, piece by piece, and verifies what its headers promised.
 * Throws IncompleteBody, XAmzContentSHA256Mismatch, BadDigest, SignatureDoesNotMatch; then the file is worthless.
 */
export async function receiveBody(
  request: IncomingMessage,
  authentication: Authentication,
  expected: ExpectedBody,
  file: NewFile,
): Promise<ReceivedBody> {
  const trailers = new Map<string, string>();
  // The request must outlive an error, because the answer goes over the same connection.
  const raw: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  const data = expected.chunked ? decodeChunks(raw, authentication, trailers) : raw;
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  const others = startOthers(expected);
  let size = 0;
  for await (const piece of data) {
    if (size + piece.length > expected.size) throw otherLength(expected);
    md5.update(piece);
    sha256.update(piece);
    for (const digest of others.values()) digest.update(piece);
    await file.append(piece);
    size += piece.length;
  }
  if (size !== expected.size) throw otherLength(expected);
  const received = { size, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
  checkDigests(received, expected);
  return { ...received, checksums: checkedChecksums(expected, trailers, others, received.sha256) };
}

function otherLength(expected: ExpectedBody): S3Error {
  return new S3Error('IncompleteBody', `The body is not the ${expected.size} bytes that were announced`);
}

function startOthers({ checksums, trailing }: ExpectedBody): Map<string, Digest> {
  const asked = new Set([...Object.keys(checksums), ...trailing]);
  asked.delete('sha256');
  const others = new Map<string, Digest>();
  for (const algorithm of ['crc32', 'crc32c', 'sha1'] as const) {
    if (asked.has(algorithm)) others.set(algorithm, startChecksum(algorithm));
  }
  return others;
}

function checkDigests(received: { md5: string; sha256: string }, expected: ExpectedBody): void {
  if (expected.sha256 !== null && expected.sha256 !== received.sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch', 'The body is not the one whose SHA-256 was signed');
  }
  if (expected.md5 !== null && Buffer.from(received.md5, 'hex').toString('base64') !== expected.md5) {
    throw new S3Error('BadDigest', 'The body is not the one whose Content-MD5 was sent');
  }
}

function checkedChecksums(
  expected: ExpectedBody,
  trailers: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, Digest>,
  sha256: string,
): Checksums {
  const checked: Checksums = {};
  const check = (algorithm: ChecksumAlgorithm, given: string | undefined) => {
    const bytes = algorithm === 'sha256' ? Buffer.from(sha256, 'hex') : others.get(algorithm)?.digest();
    const computed = bytes?.toString('base64');
    if (computed === undefined || computed !== given) {
      throw new S3Error('BadDigest', `The body is not the one whose x-amz-checksum-${algorithm} was sent`);
    }
    checked[algorithm] = computed;
  };
  for (const algorithm of expected.trailing) check(algorithm, trailers.get(`x-amz-checksum-${algorithm}`));
  for (const algorithm of ['crc32', 'crc32c', 'sha1', 'sha256'] as const) {
    const given = expected.checksums[algorithm];
    if (given !== undefined && checked[algorithm] === undefined) check(algorithm, given);
  }
  return checked;
}
