import type { StoredRecord } from '../disk/stored-file.ts';
import { readRange } from '../http/byte-range.ts';
import { checksumHeaders } from '../http/checksum-headers.ts';
import { checkRead } from '../http/conditions.ts';
import type { Operation } from '../http/exchange.ts';
import { respondEmpty } from '../http/respond.ts';
import { sendFile } from '../http/send-file.ts';
import { overridesOf } from '../http/stored-headers.ts';
import { S3Error } from '../protocol/s3-error.ts';

/** GetObject and HeadObject. */
export const getObject: Operation = async ({ request, response, target, store }) => {
  const { headers, method } = request;
  const overrides = overridesOf(target.query);
  await using object = await store.bucket(target.bucket).open(target.key);
  if (object === null) throw new S3Error('NoSuchKey', `There is no object "${target.key}"`);
  const { record, file } = object;
  const described = describe(record);
  if (checkRead(headers, record) === 'unchanged') return respondEmpty(response, 304, described);
  const range = rangeIsValid(headers['if-range'], record) ? readRange(headers.range, record.size) : null;
  const { first, last } = range ?? { first: 0, last: record.size - 1 };
  const whole = range === null;
  response.writeHead(whole ? 200 : 206, {
    ...described,
    ...record.headers,
    ...overrides,
    ...(whole ? {} : { 'content-range': `bytes ${first}-${last}/${record.size}` }),
    ...(whole && headers['x-amz-checksum-mode'] === 'ENABLED' ? checksumHeaders(record.checksums) : {}),
    'content-length': String(last - first + 1),
  });
  if (method === 'HEAD' || last < first) {
    response.end();
    return;
  }
  await sendFile(file, { first, last }, response);
};

function describe(record: StoredRecord): Record<string, string> {
  return {
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.modified).toUTCString(),
    'accept-ranges': 'bytes',
    // What a lab has uploaded is shown, never run, whatever type it claims to have.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

function rangeIsValid(ifRange: string | string[] | undefined, record: StoredRecord): boolean {
  return ifRange === undefined || ifRange === `"${record.etag}"`;
}
