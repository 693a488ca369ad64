import type { IncomingMessage } from 'node:http';
import { S3Error } from '../protocol/s3-error.ts';
import type { Authentication } from '../signature/authenticate.ts';
import { algorithmOfHeader, type ChecksumAlgorithm, type Checksums } from './checksums.ts';
import { chunkedForms } from './chunked-body.ts';

/** What a request's headers promise about its body. All of it is verified before anything is published. */
export interface ExpectedBody {
  /** Bytes of data, without the framing of chunks. */
  readonly size: number;
  readonly chunked: boolean;
  /** Hexadecimal, or null where the payload is not signed as a whole. */
  readonly sha256: string | null;
  /** Base64. */
  readonly md5: string | null;
  /** Known now. */
  readonly checksums: Checksums;
  /** To come after the data. */
  readonly trailing: readonly ChecksumAlgorithm[];
}

/** Throws MissingContentLength, EntityTooLarge, InvalidDigest, InvalidArgument, NotImplemented. */
export function expectBody(
  request: IncomingMessage,
  authentication: Authentication,
  largest: number,
): ExpectedBody {
  const { payload } = authentication;
  const chunked = Object.hasOwn(chunkedForms, payload);
  const hashed = /^[0-9a-f]{64}$/.test(payload);
  if (!chunked && !hashed && payload !== 'UNSIGNED-PAYLOAD') {
    throw new S3Error('InvalidArgument', `x-amz-content-sha256 "${payload}" is not understood`);
  }
  const size = lengthOf(request, chunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (size > largest) {
    throw new S3Error('EntityTooLarge', `The body has ${size} bytes; at most ${largest} in one request`);
  }
  const md5 = request.headers['content-md5'] ?? null;
  if (Array.isArray(md5) || (md5 !== null && Buffer.from(md5, 'base64').length !== 16)) {
    throw new S3Error('InvalidDigest', 'Content-MD5 must be 16 bytes in base64');
  }
  return { size, chunked, sha256: hashed ? payload : null, md5, ...checksumsOf(request) };
}

function lengthOf(request: IncomingMessage, header: string): number {
  const text = request.headers[header];
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) {
    throw new S3Error('MissingContentLength', `The header ${header} is missing or is not a number`);
  }
  return Number(text);
}

function checksumsOf(request: IncomingMessage): Pick<ExpectedBody, 'checksums' | 'trailing'> {
  const checksums: Checksums = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith('x-amz-checksum-') || typeof value !== 'string') continue;
    if (
      name === 'x-amz-checksum-algorithm' ||
      name === 'x-amz-checksum-type' ||
      name === 'x-amz-checksum-mode'
    ) {
      continue;
    }
    checksums[algorithmOfHeader(name)] = value;
  }
  const announced = request.headers['x-amz-trailer'];
  const names =
    typeof announced === 'string' ? announced.split(',').map((name) => name.trim().toLowerCase()) : [];
  const trailing = names.filter((name) => name.startsWith('x-amz-checksum-')).map(algorithmOfHeader);
  return { checksums, trailing };
}
