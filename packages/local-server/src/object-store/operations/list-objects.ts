import type { Bucket } from '../disk/bucket.ts';
import type { Operation } from '../http/exchange.ts';
import { respondXml } from '../http/respond.ts';
import { percentEncodePath } from '../protocol/percent-encoding.ts';
import type { Query } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';
import type { XmlElements } from '../protocol/write-xml.ts';
import { type ListPage, type ListPosition, listPage } from './list-page.ts';

/** ListObjectsV2, and the older ListObjects that some clients still use. */
export const listObjects: Operation = async ({ response, target, store }) => {
  const bucket = store.bucket(target.bucket);
  const { query } = target;
  const second = query.get('list-type') === '2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = readLimit(query, 'max-keys');
  const from = second ? startOfSecond(query) : startOfFirst(query, prefix, delimiter);
  const encoded = readEncoding(query);
  const page = listPage(await bucket.index.keys(), prefix, delimiter, from, limit);
  respondXml(response, 'ListBucketResult', {
    Name: bucket.name,
    Prefix: encoded(prefix),
    Delimiter: delimiter === '' ? undefined : encoded(delimiter),
    MaxKeys: limit,
    EncodingType: query.get('encoding-type'),
    IsTruncated: page.next !== null,
    ...(second ? secondsOwn(query, page, encoded) : firstsOwn(query, page, encoded)),
    Contents: page.keys.map((key) => contents(bucket, key, encoded)),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encoded(common) })),
  });
};

/** max-keys and its like: 0 to 1,000, which is also what is meant where it is missing or larger. */
export function readLimit(query: Query, name: string): number {
  const text = query.get(name);
  if (text === undefined || text === '') return 1000;
  if (!/^\d{1,10}$/.test(text)) throw new S3Error('InvalidArgument', `${name} must be a number from 0`);
  return Math.min(1000, Number(text));
}

/** How names are written: `encoding-type=url` keeps characters out of the XML that it cannot hold. */
export function readEncoding(query: Query): (name: string) => string {
  const type = query.get('encoding-type');
  if (type === undefined) return (name) => name;
  if (type !== 'url') throw new S3Error('InvalidArgument', 'encoding-type can only be url');
  return percentEncodePath;
}

function contents(bucket: Bucket, key: string, encoded: (name: string) => string): XmlElements {
  const entry = bucket.index.entry(key);
  return {
    Key: encoded(key),
    LastModified: new Date(entry?.modified ?? 0).toISOString(),
    ETag: `"${entry?.etag ?? ''}"`,
    Size: entry?.size ?? 0,
    StorageClass: 'STANDARD',
  };
}

function secondsOwn(query: Query, page: ListPage, encoded: (name: string) => string): XmlElements {
  const startAfter = query.get('start-after');
  return {
    KeyCount: page.keys.length + page.commonPrefixes.length,
    ContinuationToken: query.get('continuation-token'),
    NextContinuationToken: page.next === null ? undefined : writeToken(page.next),
    StartAfter: startAfter === undefined ? undefined : encoded(startAfter),
  };
}

function firstsOwn(query: Query, page: ListPage, encoded: (name: string) => string): XmlElements {
  return {
    Marker: encoded(query.get('marker') ?? ''),
    NextMarker: page.next === null ? undefined : encoded(page.next.name),
  };
}

function startOfSecond(query: Query): ListPosition | null {
  const token = query.get('continuation-token');
  if (token !== undefined && token !== '') return readToken(token);
  const after = query.get('start-after');
  return after === undefined || after === '' ? null : { behind: 'key', name: after };
}

/** A marker that is a common prefix of this very listing goes on behind the whole group. */
function startOfFirst(query: Query, prefix: string, delimiter: string): ListPosition | null {
  const marker = query.get('marker');
  if (marker === undefined || marker === '') return null;
  const group = delimiter !== '' && marker.startsWith(prefix) && marker.endsWith(delimiter);
  return { behind: group ? 'prefix' : 'key', name: marker };
}

function writeToken({ behind, name }: ListPosition): string {
  return Buffer.from(`${behind}:${name}`).toString('base64url');
}

function readToken(token: string): ListPosition {
  const text = Buffer.from(token, 'base64url').toString();
  const colon = text.indexOf(':');
  const behind = text.slice(0, colon);
  if (behind !== 'key' && behind !== 'prefix') {
    throw new S3Error('InvalidArgument', 'The continuation token is not one of this server');
  }
  return { behind, name: text.slice(colon + 1) };
}
