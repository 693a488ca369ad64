import { createHash } from 'node:crypto';
import { expectBody } from '../body/expected-body.ts';
import { S3Error } from '../protocol/s3-error.ts';
import type { Exchange } from './exchange.ts';

const largest = 2 * 1024 * 1024;

/** The body of a request that is XML: 1,000 long keys or 10,000 parts fit in. Verified like any body. */
export async function readText({ request, authentication, askForBody }: Exchange): Promise<string> {
  const expected = expectBody(request, authentication, largest);
  if (expected.chunked) throw new S3Error('NotImplemented', 'XML must not be sent in signed chunks');
  askForBody();
  const pieces: Buffer[] = [];
  let size = 0;
  const source: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const piece of source) {
    pieces.push(piece);
    size += piece.length;
    if (size > expected.size) break;
  }
  if (size !== expected.size)
    throw new S3Error('IncompleteBody', 'The body has another length than announced');
  const body = Buffer.concat(pieces);
  if (expected.sha256 !== null && createHash('sha256').update(body).digest('hex') !== expected.sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch', 'The body is not the one whose SHA-256 was signed');
  }
  if (expected.md5 !== null && createHash('md5').update(body).digest('base64') !== expected.md5) {
    throw new S3Error('BadDigest', 'The body is not the one whose Content-MD5 was sent');
  }
  return body.toString();
}
