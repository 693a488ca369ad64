import { describe, expect, it } from 'vitest';
import type { Authentication } from '../signature/authenticate.ts';
import { signingKey } from '../signature/signing-key.ts';
import { decodeChunks } from './chunked-body.ts';

/** The worked example of Amazon's "Signature calculations … multiple chunks": 66,560 letters a in two chunks. */
const authentication: Authentication = {
  payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  date: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
  key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', {
    accessKey: 'AKIAIOSFODNN7EXAMPLE',
    day: '20130524',
    region: 'us-east-1',
  }),
};
const example = Buffer.from(
  [
    `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${'a'.repeat(65_536)}\r\n`,
    `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n`,
    '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
  ].join(''),
);

async function* inPieces(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < body.length; from += size) yield body.subarray(from, from + size);
}

async function decode(body: Buffer, size = 1000, by = authentication, trailers = new Map<string, string>()) {
  const pieces: Buffer[] = [];
  for await (const piece of decodeChunks(inPieces(body, size), by, trailers)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('latin1');
}

describe('a body of signed chunks', () => {
  it.each([1, 7, 1000, 100_000])(
    'decodes the documented example, arriving %i bytes at a time',
    async (size) => {
      expect((await decode(example, size)) === 'a'.repeat(66_560)).toBe(true);
    },
  );

  it('refuses a changed byte', async () => {
    const changed = Buffer.from(example);
    changed[30_000] = 'b'.charCodeAt(0);
    await expect(decode(changed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  it('refuses chunks without signatures', async () => {
    await expect(decode(Buffer.from('1\r\na\r\n0\r\n\r\n'))).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  it('refuses a body that ends early', async () => {
    await expect(decode(example.subarray(0, -2))).rejects.toMatchObject({ code: 'IncompleteBody' });
    await expect(decode(example.subarray(0, 5000))).rejects.toMatchObject({ code: 'IncompleteBody' });
  });
});

describe('a body of unsigned chunks', () => {
  const unsigned = { ...authentication, payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };

  it('gives the headers behind the data', async () => {
    const trailers = new Map<string, string>();
    const body = Buffer.from('3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n');
    expect(await decode(body, 2, unsigned, trailers)).toBe('abc');
    expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'NSRBwg==']]);
  });

  it.each(['zz\r\nabc', '3\r\nabcd\r\n0\r\n\r\n', '-1\r\n\r\n', '123456789\r\n'])(
    'refuses %j',
    async (body) => {
      await expect(decode(Buffer.from(body), 100, unsigned)).rejects.toMatchObject({
        code: 'InvalidRequest',
      });
    },
  );

  it('refuses a chunk header without end before it fills the memory', async () => {
    const endless = Buffer.alloc(100_000, '1');
    await expect(decode(endless, 64, unsigned)).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});
