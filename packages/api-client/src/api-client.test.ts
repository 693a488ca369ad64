import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { mutateOnce } from './mutate-once.ts';

/** Statuses that the server gives, one after the other; then 200. */
let statuses: number[] = [];
let asked = 0;
/** Idempotency keys that came, of mutations that had one. */
let keys: unknown[] = [];
let server: Server;
let client: ApiClient;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked += 1;
    const { variables } = z.object({ variables: z.any() }).parse(await json(request));
    if (variables.input !== undefined) keys.push(variables.input.idempotencyKey);
    response.writeHead(statuses.shift() ?? 200, {
      'content-type': 'application/json',
      'retry-after': '0.01',
    });
    response.end(JSON.stringify({ data: { ok: true, createTeam: { team: 'made' } } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  client = new ApiClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tries: 3 });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = 0;
  keys = [];
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

describe('making something once', () => {
  const make = (input: object = {}) =>
    mutateOnce(client, 'createTeam', { ...input }, 'team', z.object({ team: z.string() }));

  it('asks again with the same key where the answer was lost', async () => {
    statuses = [502, 504];
    expect(await make()).toEqual({ team: 'made' });
    expect(keys).toHaveLength(3);
    expect(keys[0]).toEqual(expect.any(String));
    expect(new Set(keys).size).toBe(1);
  });

  it('asks for two things with two keys, and keeps a key of the asker’s own', async () => {
    await make();
    await make();
    await make({ idempotencyKey: 'mine' });
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
  });

  it('gives up in the end', async () => {
    statuses = [502, 502, 502];
    await expect(make()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(asked).toBe(3);
  });
});
