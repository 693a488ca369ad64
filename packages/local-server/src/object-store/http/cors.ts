import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Error } from '../protocol/s3-error.ts';
import { respondEmpty } from './respond.ts';

const methods = 'GET, HEAD, PUT, POST, DELETE';
const exposed = [
  'ETag',
  'Content-Length',
  'Content-Range',
  'Accept-Ranges',
  'Last-Modified',
  'x-amz-request-id',
  'x-amz-checksum-sha256',
  'x-amz-meta-sha256',
].join(', ');

/** Lets pages of the allowed origins read the answer. Credentials are never allowed: the signature is in the address. */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
): boolean {
  response.setHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', exposed);
  return true;
}

/** Answers a browser's question before its request. Throws AccessDenied for an origin that is not allowed. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse, allowed: boolean): void {
  if (!allowed || request.headers['access-control-request-method'] === undefined) {
    throw new S3Error('AccessDenied', 'This origin may not use the bucket from a page');
  }
  const asked = request.headers['access-control-request-headers'];
  respondEmpty(response, 204, {
    'access-control-allow-methods': methods,
    ...(typeof asked === 'string' ? { 'access-control-allow-headers': asked } : {}),
    'access-control-max-age': '3600',
  });
}
