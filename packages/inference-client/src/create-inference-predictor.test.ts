import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createInferencePredictor } from './create-inference-predictor.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A stand-in for another server of the protocol: two types, no properties, and `infer` as the test says. */
async function serve(infer: Answer): Promise<string> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    if (request.method === 'POST') return infer(request, response, Buffer.concat(pieces));
    const tensor = (name: string, channels: number) => ({
      name,
      datatype: 'FP32',
      shape: [-1, channels, -1, -1],
    });
    response.end(
      JSON.stringify({
        name: 'cells',
        inputs: [tensor('images', 1)],
        outputs: [tensor('foreground', 1), tensor('types', 2)],
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((resolve) => server.closeAllConnections() ?? server.close(resolve)));
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

/** Both outputs of a picture of 2×2, the JSON of an odd length, as other servers write it. */
function succeed(response: ServerResponse): void {
  const output = (name: string, channels: number) => ({
    name,
    datatype: 'FP32',
    shape: [1, channels, 2, 2],
    parameters: { binary_data_size: channels * 16 },
  });
  let json = JSON.stringify({ model_name: 'cells', outputs: [output('foreground', 1), output('types', 2)] });
  if (json.length % 4 === 0) json += ' ';
  response.setHeader('Inference-Header-Content-Length', json.length);
  response.end(
    Buffer.concat([
      Buffer.from(json),
      Buffer.from(Float32Array.from({ length: 12 }, (_, i) => i / 8).buffer),
    ]),
  );
}

const picture = Float32Array.of(1, 2, 3, 4);

describe('the inference predictor', () => {
  it('sends the picture as the protocol wants it and reads what comes back', async () => {
    let header: unknown;
    let values: Float32Array | undefined;
    const url = await serve((request, response, body) => {
      const length = Number(request.headers['inference-header-content-length']);
      header = JSON.parse(body.subarray(0, length).toString());
      values = new Float32Array(Uint8Array.from(body.subarray(length)).buffer);
      succeed(response);
    });
    const predictor = await createInferencePredictor({ url: `${url}/`, model: 'cells' });
    expect([predictor.inputChannels, predictor.types, predictor.multiple]).toEqual([1, 2, 32]);
    const { foreground, types } = await predictor.predict(picture, 1, 2, 2);
    expect([...foreground, ...types]).toEqual(Array.from({ length: 12 }, (_, i) => i / 8));
    expect(values).toEqual(picture);
    expect(header).toEqual({
      parameters: { binary_data_output: true },
      inputs: [
        { name: 'images', shape: [1, 1, 2, 2], datatype: 'FP32', parameters: { binary_data_size: 16 } },
      ],
      outputs: [{ name: 'foreground' }, { name: 'types' }],
    });
  });

  it('takes pictures in memory that threads share', async () => {
    let last: number | undefined;
    const url = await serve((_request, response, body) => {
      last = body.readFloatLE(body.length - 4);
      succeed(response);
    });
    const predictor = await createInferencePredictor({ url, model: 'cells' });
    const shared = new Float32Array(new SharedArrayBuffer(16));
    shared.set(picture);
    await predictor.predict(shared, 1, 2, 2);
    expect(last).toBe(4);
  });

  it.each([429, 503])('asks again after a %i', async (status) => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      if (asked > 2) return succeed(response);
      response.writeHead(status, { 'retry-after': '0' }).end(JSON.stringify({ error: 'busy' }));
    });
    const predictor = await createInferencePredictor({ url, model: 'cells' });
    expect((await predictor.predict(picture, 1, 2, 2)).foreground.length).toBe(4);
    expect(asked).toBe(3);
  });

  it('asks again where the connection breaks', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else succeed(response);
    });
    const predictor = await createInferencePredictor({ url, model: 'cells' });
    expect((await predictor.predict(picture, 1, 2, 2)).types.length).toBe(8);
  });

  it('says what the server said when its patience is at an end', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '5' }).end(JSON.stringify({ error: 'as much as it takes' })),
    );
    const predictor = await createInferencePredictor({ url, model: 'cells', patienceMs: 1000 });
    await expect(predictor.predict(picture, 1, 2, 2)).rejects.toMatchObject({
      code: 'SERVICE_BUSY',
      message: 'the model server answers 429: as much as it takes',
    });
  });

  it.each([
    [400, '{"error":"off"}', 'INVALID_ARGUMENT'],
    [404, 'not here', 'MODEL_NOT_FOUND'],
    [500, '{"error":"off"}', 'RUNTIME_FAILED'],
    [422, '{"error":"off","code":"MODEL_UNREADABLE","cure":"export"}', 'MODEL_UNREADABLE'],
    [400, '{"error":"off","code":"NEVER_SEEN"}', 'INVALID_ARGUMENT'],
  ])('does not ask again after %i with %s', async (status, body, code) => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(status).end(body);
    });
    const predictor = await createInferencePredictor({ url, model: 'cells' });
    await expect(predictor.predict(picture, 1, 2, 2)).rejects.toMatchObject({ code });
    expect(asked).toBe(1);
  });

  it('stops in the middle of a pause when it is told to', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(503, { 'retry-after': '60' }).end('{"error":"stops"}'),
    );
    const stop = new AbortController();
    const predictor = await createInferencePredictor({ url, model: 'cells', signal: stop.signal });
    const refused = expect(predictor.predict(picture, 1, 2, 2)).rejects.toMatchObject({ code: 'CANCELLED' });
    setTimeout(() => stop.abort(), 50);
    await refused;
  });

  it('names the address where nobody listens', async () => {
    const options = { url: 'http://127.0.0.1:9', model: 'cells', patienceMs: 0 };
    await expect(createInferencePredictor(options)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('http://127.0.0.1:9'),
    });
  });

  it.each(['<html>', '{"name":"cells","inputs":[],"outputs":[]}'])(
    'refuses a server that describes the model as %s',
    async (text) => {
      const server = createServer((_request, response) => response.end(text)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(() => new Promise((resolve) => server.closeAllConnections() ?? server.close(resolve)));
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      await expect(
        createInferencePredictor({ url: `http://127.0.0.1:${port}`, model: 'cells' }),
      ).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' });
    },
  );

  it('refuses an answer whose tensors are not where it says', async () => {
    const url = await serve((_request, response) => {
      const output = {
        name: 'foreground',
        datatype: 'FP32',
        shape: [1, 1, 2, 2],
        parameters: { binary_data_size: 16 },
      };
      const json = JSON.stringify({ outputs: [output] });
      response.setHeader('Inference-Header-Content-Length', json.length);
      response.end(json);
    });
    const predictor = await createInferencePredictor({ url, model: 'cells' });
    await expect(predictor.predict(picture, 1, 2, 2)).rejects.toThrow(
      /"foreground" is FP32 \[1,1,2,2\] in 16/,
    );
  });
});
