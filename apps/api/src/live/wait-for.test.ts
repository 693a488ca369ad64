import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient, waitFor } from '@cellmixer/api-client';
import type { RunStatus } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ServedWorld, serveWorld } from '../testing/served-world.ts';

let served: ServedWorld;
beforeAll(async () => {
  served = await serveWorld();
});
afterAll(async () => {
  await served?.[Symbol.asyncDispose]();
});

const shape = z.object({ status: z.string(), step: z.number() });
const runId = () => served.world.rows.get('TrainingRun') ?? '';
const setRun = (status: RunStatus, step: number, aloud = true) =>
  served.database.$transaction(async (tx) => {
    await tx.trainingRun.update({ where: { id: runId() }, data: { status, step } });
    if (aloud) await tell(tx, 'TrainingRun', runId());
  });

/** Waits for the run of the world, which goes on by one step at every look. @returns how often it was looked at */
async function waitThrough(client: ApiClient, aloud: boolean): Promise<number> {
  await setRun('RUNNING', 0);
  let looks = 0;
  const id = Buffer.from(`TrainingRun:${runId()}`).toString('base64');
  const ended = await waitFor(client, 'TrainingRun', id, 'status step', shape, {
    every: 20,
    onLook: ({ step }) => {
      looks++;
      if (step === 0) void setRun('RUNNING', 1, aloud);
      if (step === 1) void setRun('SUCCEEDED', 2, aloud);
    },
  });
  expect(ended).toEqual({ status: 'SUCCEEDED', step: 2 });
  return looks;
}

describe('waiting for a run', () => {
  it('is told of each change by the server', async () => {
    const byKey = await served.clientOf('viewer');
    expect(await waitThrough(byKey, true)).toBeLessThanOrEqual(4);
  });

  it('asks again and again where no WebSocket gets through', async () => {
    const { key } = await served.makeKey('viewer');
    const proxy = createServer(async (request, response) => {
      const body = await new Response(request as unknown as ReadableStream).text();
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const answer = await fetch(`${served.url}${request.url}`, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const { port } = proxy.address() as AddressInfo;
    await waitThrough(new ApiClient({ url: `http://127.0.0.1:${port}`, apiKey: key }), false);
    proxy.closeAllConnections();
    proxy.close();
  });

  it('gives up with its signal', async () => {
    const giveUp = new AbortController();
    const { key } = await served.makeKey('viewer');
    const client = new ApiClient({ url: served.url, apiKey: key, signal: giveUp.signal });
    await setRun('RUNNING', 0);
    const id = Buffer.from(`TrainingRun:${runId()}`).toString('base64');
    const waiting = waitFor(client, 'TrainingRun', id, 'status step', shape, {
      onLook: () => giveUp.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});
