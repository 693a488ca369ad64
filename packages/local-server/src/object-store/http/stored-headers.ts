import type { IncomingHttpHeaders } from 'node:http';
import type { Query } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';

const kept = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** Bytes that all x-amz-meta-… names and values together may have, as with Amazon. */
const mostMetadata = 2048;

/** The headers of a request that an object gives back later. Throws MetadataTooLarge. */
export function headersToKeep(headers: IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = { 'content-type': 'application/octet-stream' };
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    if (name.startsWith('x-amz-meta-')) metadata += name.length - 'x-amz-meta-'.length + value.length;
    else if (!kept.includes(name)) continue;
    const cleaned = name === 'content-encoding' ? withoutChunking(value) : value;
    if (cleaned !== '') result[name] = cleaned;
  }
  if (metadata > mostMetadata) {
    throw new S3Error('MetadataTooLarge', `The metadata has ${metadata} bytes; at most ${mostMetadata}`);
  }
  return result;
}

/** Headers that the address of a read asks for instead of the stored ones. Throws InvalidArgument. */
export function overridesOf(query: Query): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of kept) {
    const value = query.get(`response-${name}`);
    if (value === undefined) continue;
    if (!/^[\t\x20-\x7e]*$/.test(value)) {
      throw new S3Error('InvalidArgument', `response-${name} holds characters that no header may hold`);
    }
    result[name] = value;
  }
  return result;
}

/** aws-chunked is how the body came, not how the object is encoded. */
function withoutChunking(encoding: string): string {
  const encodings = encoding.split(',').map((one) => one.trim());
  return encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(', ');
}
