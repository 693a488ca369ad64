import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
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

  it('are given up when the caller says so', async () => {
    const { url } = await bucket(503);
    const aborted = sendBytes({ url, headers: [] }, new Uint8Array(10), AbortSignal.timeout(100));
    await expect(aborted).rejects.toThrow();
  });
});
