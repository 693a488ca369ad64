import type { IncomingMessage } from 'node:http';
import { percentDecode, percentEncode } from '../protocol/percent-encoding.ts';
import type { RequestTarget } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';

/**
 * The canonical request of Signature Version 4. The path is not normalised ("Amazon S3 … does not normalize URI
 * paths"), each of its segments is decoded and encoded once.
 */
export function canonicalRequest(
  request: IncomingMessage,
  target: RequestTarget,
  signedHeaders: readonly string[],
  payload: string,
): string {
  const path = target.path
    .split('/')
    .map((segment) => percentEncode(percentDecode(segment)))
    .join('/');
  const headers = signedHeaders.map((name) => `${name}:${headerValue(request, name)}\n`).join('');
  return [request.method, path, canonicalQuery(target), headers, signedHeaders.join(';'), payload].join('\n');
}

function canonicalQuery(target: RequestTarget): string {
  return target.query.pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map((pair) => pair.join('='))
    .join('&');
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function headerValue(request: IncomingMessage, name: string): string {
  const values = request.headersDistinct[name];
  if (values === undefined) {
    throw new S3Error('SignatureDoesNotMatch', `The header "${name}" is signed but was not sent`);
  }
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}
