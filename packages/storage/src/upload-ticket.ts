import { CellMixerError } from '@cellmixer/errors';
import type { Connection } from './connection.ts';
import { type MultipartUpload, startMultipart } from './multipart.ts';
import { checksumHeader } from './object-info.ts';
import type { ObjectKey } from './object-key.ts';
import { mostParts, partSizeFor } from './pieces.ts';
import { signTicket, type Ticket } from './presign.ts';

/** Bytes that S3 takes in one request: 5 GiB. */
const largestPut = 5 * 1024 ** 3;
/** Seconds that S3 lets a presigned address hold: seven days. */
const longestExpiry = 7 * 24 * 60 * 60;

export interface UploadTicketRequest {
  readonly key: ObjectKey;
  /** Bytes, at most 5 GiB. */
  readonly size: number;
  readonly contentType: string;
  /** Hexadecimal; the store then refuses other bytes. */
  readonly sha256?: string;
  readonly expiresSeconds: number;
}

export interface MultipartRequest {
  readonly key: ObjectKey;
  /** Bytes of the whole. */
  readonly size: number;
  readonly contentType: string;
  /** Hexadecimal; kept with the object, not verified by the store. */
  readonly sha256?: string;
}

export interface BegunMultipart extends MultipartUpload {
  /** Bytes of each part but the last. */
  readonly partSize: number;
  readonly partCount: number;
}

export interface PartTicketRequest extends MultipartUpload {
  /** From 1 on. */
  readonly part: number;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal; the store then refuses other bytes. Parts have no SHA-256 that every store knows. */
  readonly md5?: string;
  readonly expiresSeconds: number;
}

/** Lets somebody put exactly these bytes: as many, of that type, and with that checksum if it is known. */
export async function uploadTicket(connection: Connection, request: UploadTicketRequest): Promise<Ticket> {
  const { key, size, contentType, sha256, expiresSeconds } = request;
  checkSize(key, size, largestPut);
  checkExpiry(key, expiresSeconds);
  const headers: Record<string, string> = { 'content-type': contentType };
  if (sha256 !== undefined) {
    headers[checksumHeader] = checkedSha256(key, sha256);
    headers['x-amz-checksum-sha256'] = Buffer.from(sha256, 'hex').toString('base64');
  }
  return await signTicket(connection, { key, query: {}, headers, size, expiresSeconds });
}

/** Begins an upload of parts for a file that is large or comes over a bad line. */
export async function beginMultipart(
  connection: Connection,
  request: MultipartRequest,
): Promise<BegunMultipart> {
  const { key, size, contentType, sha256 } = request;
  const partSize = partSizeFor(size);
  checkSize(key, size, largestPut * 1000);
  if (sha256 !== undefined) checkedSha256(key, sha256);
  const uploadId = await startMultipart(connection, key, contentType, sha256);
  return { key, uploadId, partSize, partCount: Math.max(1, Math.ceil(size / partSize)) };
}

/** Lets somebody put one part of exactly that length, and with that checksum if it is known. */
export async function partTicket(connection: Connection, request: PartTicketRequest): Promise<Ticket> {
  const { key, uploadId, part, size, md5, expiresSeconds } = request;
  checkSize(key, size, largestPut);
  checkExpiry(key, expiresSeconds);
  if (!Number.isInteger(part) || part < 1 || part > mostParts) {
    throw refuse(key, `part ${part} is not 1 to ${mostParts}`, 'Use larger parts.');
  }
  if (md5 !== undefined && !/^[0-9a-f]{32}$/.test(md5)) {
    throw refuse(key, `"${md5}" is not an MD5`, 'Give 32 hexadecimal digits in small letters.');
  }
  const query = { partNumber: String(part), uploadId };
  const headers: Record<string, string> =
    md5 === undefined ? {} : { 'content-md5': Buffer.from(md5, 'hex').toString('base64') };
  return await signTicket(connection, { key, query, headers, size, expiresSeconds });
}

export function checkExpiry(key: ObjectKey, seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= longestExpiry) return;
  throw refuse(
    key,
    `an address cannot hold ${seconds} seconds`,
    `Ask for 1 to ${longestExpiry} whole seconds.`,
  );
}

function checkSize(key: ObjectKey, size: number, largest: number): void {
  if (Number.isSafeInteger(size) && size >= 0 && size <= largest) return;
  throw refuse(
    key,
    `${size} bytes cannot be uploaded so`,
    `At most ${largest} bytes; upload larger files in parts.`,
  );
}

function checkedSha256(key: ObjectKey, sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw refuse(key, `"${sha256}" is not a SHA-256`, 'Give 64 hexadecimal digits in small letters.');
}

function refuse(key: ObjectKey, what: string, cure: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${key}": ${what}`, { subject: key, cure });
}
