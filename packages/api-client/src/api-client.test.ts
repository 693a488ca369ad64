import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';

/** Statuses that the server gives, one after the other; then 200. */
let statuses: number[] = [];
let asked = 0;
let server: Server;
let client: ApiClient;

beforeAll(async () => {
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(statuses.shift() ?? 200, {
      'content-type': 'application/json',
      'retry-after': '0.01',
    });
    response.end(JSON.stringify({ data: { ok: true } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  client = new ApiClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tries: 3 });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = 0;
});

const ask = () => client.request('{ ok }', {}, z.object({ ok: z.boolean() }));

describe('asking a server that is not well', () => {
  it('asks again where it was too busy to begin', async () => {
    statuses = [503, 429];
    expect(await ask()).toEqual({ ok: true });
    expect(asked).toBe(3);
  });

  it('says after the last try that it is too busy', async () => {
    statuses = [503, 503, 503];
    await expect(ask()).rejects.toMatchObject({ code: 'SERVICE_BUSY' });
  });

  it.each([502, 504])('does not send twice what broke off in the midst of it (%i)', async (status) => {
    statuses = [status];
    await expect(ask()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', subject: client.url });
    expect(asked).toBe(1);
  });
});
