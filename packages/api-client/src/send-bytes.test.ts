import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { IN_ONE_PIECE } from './put.ts';
import { sendBytes } from './send-bytes.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A bucket that answers with these codes, one after the other; the last one stays. */
async function bucket(...codes: number[]): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.statusCode = codes[Math.min(asked++, codes.length - 1)] ?? 500;
      response.end('<Error><Message>as it is</Message></Error>');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked };
}

describe('bytes for a bucket', () => {
  it('are sent again while it is busy', async () => {
    const { url, asked } = await bucket(503, 429, 200);
    expect(await sendBytes({ url, headers: [] }, new Uint8Array(10), undefined)).toBeNull();
    expect(asked()).toBe(3);
  });

  it('are not sent again where it refuses them', async () => {
    const { url, asked } = await bucket(403);
    expect(await sendBytes({ url, headers: [] }, new Uint8Array(10), undefined)).toBe(
      'the bucket answered 403: as it is',
    );
    expect(asked()).toBe(1);
  });

  it.each([
    ['bytes', new Uint8Array(1000).fill(7)],
    ['a small file', new Blob([new Uint8Array(1000).fill(7)])],
    ['a large file', new Blob([new Uint8Array(IN_ONE_PIECE + 1).fill(7)])],
  ])('come as they are, with their length, from %s', async (_from, body) => {
    const received: Buffer[] = [];
    let told: string | undefined;
    server = createServer((request, response) => {
      told = `${request.method} ${request.headers['content-length']} ${request.headers['x-of']}`;
      request.on('data', (piece: Buffer) => received.push(piece)).on('end', () => response.end());
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    expect(await sendBytes({ url, headers: [{ name: 'x-of', value: 'us' }] }, body, undefined)).toBeNull();
    const size = body instanceof Blob ? body.size : body.length;
    expect(told).toBe(`PUT ${size} us`);
    expect(Buffer.concat(received).equals(Buffer.alloc(size, 7))).toBe(true);
  });

  it('name the bucket that cannot be reached', async () => {
    const { url } = await bucket(200);
    await new Promise((resolve) => server?.close(resolve));
    const sent = sendBytes({ url, headers: [] }, new Uint8Array(10), AbortSignal.timeout(60_000));
    expect(await sent).toMatch(/^the bucket cannot be reached: .*ECONNREFUSED/);
  });

  it('are given up when the caller says so', async () => {
    const { url } = await bucket(503);
    const aborted = sendBytes({ url, headers: [] }, new Uint8Array(10), AbortSignal.timeout(100));
    await expect(aborted).rejects.toThrow();
  });
});
