import { createHash } from 'node:crypto';
import { S3Error } from '../protocol/s3-error.ts';
import type { Authentication } from '../signature/authenticate.ts';
import { hmac, sameSignature, sha256Hex } from '../signature/signing-key.ts';
import { ByteReader } from './byte-reader.ts';

/** The forms of an aws-chunked body that x-amz-content-sha256 may name. */
export const chunkedForms: Readonly<Record<string, { readonly signed: boolean; readonly trailer: boolean }>> =
  {
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
  };

const longestLine = 4096;
const mostTrailers = 16;
const largestChunk = 2 ** 31;

/**
 * The data of an aws-chunked body ("Signature calculations … transferring payload in multiple chunks"). Each signed
 * chunk is verified when its last byte has passed, so whoever takes the data must not publish it before the end.
 * Headers that follow the data are put into `trailers`.
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  authentication: Authentication,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const form = chunkedForms[authentication.payload];
  if (form === undefined)
    throw new S3Error('InvalidArgument', `"${authentication.payload}" is no form of a body`);
  const reader = new ByteReader(source);
  let previous = authentication.signature;
  for (;;) {
    const { size, signature } = readChunkHeader(await reader.readLine(longestLine));
    const hash = createHash('sha256');
    for await (const piece of reader.read(size)) {
      if (form.signed) hash.update(piece);
      yield piece;
    }
    if (form.signed) {
      const signed = chunkSignature(authentication, previous, hash.digest('hex'));
      checkSignature(signed, signature, 'chunk');
      previous = signed;
    }
    if (size === 0) break;
    if ((await reader.readLine(0)) !== '') throw notSeparated();
  }
  const lines = await readTrailerLines(reader);
  const signature = takeTrailers(lines, trailers);
  if (form.signed && form.trailer) {
    const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    checkSignature(trailerSignature(authentication, previous, sha256Hex(text)), signature, 'trailer');
  }
}

function readChunkHeader(line: string): { size: number; signature: string } {
  const match = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  const size = Number.parseInt(match?.[1] ?? '', 16);
  if (match === null || size > largestChunk) {
    throw new S3Error('InvalidRequest', 'A chunk of the body does not begin with its length');
  }
  return { size, signature: match[2] ?? '' };
}

async function readTrailerLines(reader: ByteReader): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = await reader.readLine(longestLine);
    if (line === '') return lines;
    lines.push(line);
    if (lines.length > mostTrailers) throw new S3Error('InvalidRequest', 'Too many headers follow the body');
  }
}

/** Puts the headers into `trailers` and returns their signature, which is not one of them. */
function takeTrailers(lines: readonly string[], trailers: Map<string, string>): string {
  let signature = '';
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else if (name !== '') trailers.set(name, value);
  }
  return signature;
}

function chunkSignature({ date, scope, key }: Authentication, previous: string, hash: string): string {
  const lines = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256Hex(''), hash];
  return hmac(key, lines.join('\n')).toString('hex');
}

function trailerSignature({ date, scope, key }: Authentication, previous: string, hash: string): string {
  return hmac(key, ['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, hash].join('\n')).toString('hex');
}

function checkSignature(computed: string, given: string, what: string): void {
  if (!sameSignature(computed, given)) {
    throw new S3Error('SignatureDoesNotMatch', `The signature of a ${what} does not match its bytes`);
  }
}

function notSeparated(): S3Error {
  return new S3Error('InvalidRequest', 'A chunk of the body is longer than it says');
}
