import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { RangeReader } from './range-reader.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
let server: Server | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const place = server.address();
  return `http://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}`;
}

const send: RequestListener = (request, response) => {
  const [, first = 0, last = 0] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')?.map(Number) ?? [];
  const part = bytes.subarray(first, last + 1);
  response.writeHead(206, { 'content-range': `bytes ${first}-${first + part.length - 1}/1000` }).end(part);
};

describe('RangeReader', () => {
  it('goes on where it was once an address has expired, and renews it once for all who wait', async () => {
    const origin = await serve((request, response) => {
      if (request.url !== '/fresh') return void response.writeHead(403).end();
      send(request, response);
    });
    let renewals = 0;
    const renew = async () => {
      renewals++;
      return `${origin}/fresh`;
    };
    const reader = new RangeReader({ url: `${origin}/old`, renew }, 'the picture');
    const parts = await Promise.all([0, 100, 200].map((offset) => reader.read(offset, 100)));
    expect(parts.map((part) => new Uint8Array(part)[0])).toEqual([0, 100, 200]);
    expect(renewals).toBe(1);
    expect(reader.size).toBe(1000);
  });

  it('says what cannot be reached where a renewed address is refused too', async () => {
    const origin = await serve((_, response) => void response.writeHead(403).end());
    const reader = new RangeReader({ url: origin, renew: async () => `${origin}/again` }, 'the class map');
    await expect(reader.read(0, 10)).rejects.toMatchObject({
      code: 'PICTURE_UNREACHABLE',
      message: 'the class map cannot be reached: the store answered 403',
    });
  });

  it('does not ask again for what is gone', async () => {
    let asked = 0;
    const origin = await serve((_, response) => {
      asked++;
      response.writeHead(404).end();
    });
    await expect(new RangeReader({ url: origin }, 'the picture').read(0, 10)).rejects.toThrow('404');
    expect(asked).toBe(1);
  });

  it('tries again where the store stumbles', async () => {
    let asked = 0;
    const origin = await serve((request, response) => {
      asked++;
      if (asked === 1) return void response.writeHead(503).end();
      send(request, response);
    });
    expect((await new RangeReader({ url: origin }, 'the picture').read(990, 100)).byteLength).toBe(10);
  });
});
