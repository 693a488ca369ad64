import type { IncomingHttpHeaders } from 'node:http';
import type { Condition } from '../disk/bucket.ts';
import type { StoredRecord } from '../disk/stored-file.ts';
import { S3Error } from '../protocol/s3-error.ts';

/**
 * Conditions of a read, in the order of RFC 9110, section 13.2.2. Returns 'unchanged' where the client has it
 * already (304). Throws PreconditionFailed.
 */
export function checkRead(
  headers: IncomingHttpHeaders,
  record: StoredRecord,
  prefix = '',
): 'changed' | 'unchanged' {
  const header = (name: string) => {
    const value = headers[prefix + name];
    return typeof value === 'string' ? value : undefined;
  };
  const match = header('if-match');
  if (match !== undefined) {
    if (!namesEtag(match, record.etag)) throw failed(`${prefix}if-match`);
  } else if (seconds(record) > since(header('if-unmodified-since'), Number.POSITIVE_INFINITY)) {
    throw failed(`${prefix}if-unmodified-since`);
  }
  const noneMatch = header('if-none-match');
  if (noneMatch !== undefined) return namesEtag(noneMatch, record.etag) ? 'unchanged' : 'changed';
  const modifiedSince = since(header('if-modified-since'), Number.NEGATIVE_INFINITY);
  return seconds(record) <= modifiedSince ? 'unchanged' : 'changed';
}

/** Conditions of a write: If-None-Match: * (nothing may be there) and If-Match (this must be there). */
export function writeCondition(headers: IncomingHttpHeaders): Condition | undefined {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && noneMatch.trim() !== '*') {
    throw new S3Error('NotImplemented', 'A write understands If-None-Match only with *');
  }
  if (match === undefined && noneMatch === undefined) return undefined;
  return (present) => {
    if (noneMatch !== undefined && present !== null) throw failed('if-none-match');
    if (match === undefined) return;
    if (present === null) throw new S3Error('NoSuchKey', 'If-Match asks for an object that is not there');
    if (!namesEtag(match, present.etag)) throw failed('if-match');
  };
}

function namesEtag(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((one) => one.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some((one) => one === '*' || one === etag);
}

/** HTTP dates have whole seconds. */
function seconds(record: StoredRecord): number {
  return Math.floor(record.modified / 1000);
}

/** A date that cannot be read counts as not sent. */
function since(date: string | undefined, otherwise: number): number {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? otherwise : Math.floor(time / 1000);
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', `The condition ${condition} does not hold`);
}
