import { once } from 'node:events';
import { type ClientRequest, request as openRequest } from 'node:http';
import { createInferencePredictor } from '@cellmixer/inference-client';
import { openModel } from '@cellmixer/nn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putModel, smallModel, smallPicture } from './testing/small-model.ts';
import { startTestService, type TestService } from './testing/test-service.ts';

const side = 16;
const patience = { timeout: 30_000 };
let service: TestService;
beforeAll(async () => {
  service = await startTestService((folder) => {
    putModel(folder, 'cells', '1', smallModel(1));
    putModel(folder, 'cells', '2', smallModel(2));
    putModel(folder, 'three', '10', smallModel(3, 3));
    putModel(folder, 'broken', '1', smallModel(1).slice(0, 900));
    putModel(folder, 'leaving', '1', smallModel(4));
  });
});
afterAll(() => service.close());

const ask = (path: string, init?: RequestInit) => fetch(service.url + path, init);
const post = (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) });
const images = (seed: number, shape = [1, 1, side, side]) => ({
  name: 'images',
  datatype: 'FP32',
  shape,
  data: Array.from(smallPicture(seed, side)),
});

interface AnyAnswer {
  readonly outputs: unknown;
  readonly error: string;
  readonly code: string;
}

async function read(response: Response): Promise<AnyAnswer> {
  return JSON.parse(await response.text());
}

/** What the network gives when it is run without any service. */
async function expected(modelSeed: number, pictureSeed: number) {
  const model = await openModel(smallModel(modelSeed), { provider: 'cpu', lanes: 1 });
  const found = await model.predict(smallPicture(pictureSeed, side), 1, side, side);
  await model.close();
  return found;
}

describe('the protocol', () => {
  it('tells of the server, its health and its extensions', async () => {
    expect(await (await ask('/v2')).json()).toMatchObject({
      name: 'cellmixer-inference',
      extensions: ['binary_tensor_data', 'model_repository'],
    });
    for (const path of ['/v2/health/live', '/v2/health/ready', '/healthz', '/readyz'])
      expect((await ask(path)).status).toBe(200);
  });

  it('tells what a model takes and gives, the newest version where none is named', async () => {
    expect(await (await ask('/v2/models/three')).json()).toEqual({
      name: 'three',
      versions: ['10'],
      platform: 'onnxruntime_onnx',
      inputs: [{ name: 'images', datatype: 'FP32', shape: [-1, 1, -1, -1] }],
      outputs: [
        { name: 'foreground', datatype: 'FP32', shape: [-1, 1, -1, -1] },
        { name: 'types', datatype: 'FP32', shape: [-1, 3, -1, -1] },
      ],
      properties: { multiple: '4' },
    });
    expect((await ask('/v2/models/cells/versions/1')).status).toBe(200);
    expect((await ask('/v2/models/cells/versions/3')).status).toBe(404);
    expect((await ask('/v2/models/cells/ready')).status).toBe(200);
  });

  it('predicts what the network predicts, with JSON tensors, by version', async () => {
    for (const version of [1, 2]) {
      const response = await post(`/v2/models/cells/versions/${version}/infer`, {
        id: 'seven',
        inputs: [images(5)],
      });
      const found = await read(response);
      expect(found).toMatchObject({ model_name: 'cells', model_version: String(version), id: 'seven' });
      const { foreground, types } = await expected(version, 5);
      expect(found.outputs).toEqual([
        { name: 'foreground', datatype: 'FP32', shape: [1, 1, side, side], data: Array.from(foreground) },
        { name: 'types', datatype: 'FP32', shape: [1, 2, side, side], data: Array.from(types) },
      ]);
    }
  });

  it('gives the outputs that are asked for, in their order, each as JSON or bytes', async () => {
    const response = await post('/v2/models/cells/infer', {
      inputs: [images(5)],
      parameters: { binary_data_output: true },
      outputs: [{ name: 'types' }, { name: 'foreground', parameters: { binary_data: false } }],
    });
    const headerLength = Number(response.headers.get('inference-header-content-length'));
    const body = new Uint8Array(await response.arrayBuffer());
    const header = JSON.parse(new TextDecoder().decode(body.subarray(0, headerLength)));
    const { foreground, types } = await expected(2, 5);
    expect(header.outputs.map(({ name }: { name: string }) => name)).toEqual(['types', 'foreground']);
    expect(header.outputs[0].parameters).toEqual({ binary_data_size: types.byteLength });
    expect(header.outputs[1].data).toEqual(Array.from(foreground));
    expect(new Float32Array(body.slice(headerLength).buffer)).toEqual(types);
  });

  it('keeps a large answer whole for a client that reads slowly', async () => {
    const large = 512;
    const picture = smallPicture(3, large);
    const model = await openModel(smallModel(2), { provider: 'cpu', lanes: 1 });
    const { foreground, types } = await model.predict(picture, 1, large, large);
    await model.close();
    const header = JSON.stringify({
      parameters: { binary_data_output: true },
      inputs: [
        {
          name: 'images',
          datatype: 'FP32',
          shape: [1, 1, large, large],
          parameters: { binary_data_size: picture.byteLength },
        },
      ],
    });
    const request = openRequest(`${service.url}/v2/models/cells/infer`, {
      method: 'POST',
      headers: { 'inference-header-content-length': header.length },
    });
    request.write(header);
    request.end(new Uint8Array(picture.buffer));
    const [response] = await once(request, 'response');
    const pieces: Buffer[] = [];
    for await (const piece of response) {
      pieces.push(piece);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const body = Buffer.concat(pieces).subarray(Number(response.headers['inference-header-content-length']));
    const wanted = Buffer.concat([foreground, types].map(({ buffer }) => new Uint8Array(buffer)));
    expect(Buffer.compare(body, wanted)).toBe(0);
  });

  it('lists the repository, and serves no model that was unloaded until it is loaded', async () => {
    const index = async (body: unknown) => (await post('/v2/repository/index', body)).json();
    expect(await index({})).toContainEqual({ name: 'leaving', version: '1', state: 'READY', reason: '' });
    expect((await ask('/v2/models/leaving')).status).toBe(200);
    expect((await post('/v2/repository/models/leaving/unload', {})).status).toBe(200);
    expect((await post('/v2/models/leaving/infer', { inputs: [images(1)] })).status).toBe(404);
    expect(await index({})).toContainEqual({
      name: 'leaving',
      version: '1',
      state: 'UNAVAILABLE',
      reason: 'unloaded',
    });
    expect(await index({ ready: true })).not.toContainEqual(expect.objectContaining({ name: 'leaving' }));
    expect((await post('/v2/repository/models/leaving/load', {})).status).toBe(200);
    expect((await post('/v2/models/leaving/infer', { inputs: [images(1)] })).status).toBe(200);
  });

  it('reads a model anew when it is loaded again', async () => {
    putModel(service.folder, 'changing', '1', smallModel(5));
    const predict = async () =>
      (await read(await post('/v2/models/changing/infer', { inputs: [images(1)] }))).outputs;
    const before = await predict();
    putModel(service.folder, 'changing', '1', smallModel(6));
    expect(await predict()).toEqual(before);
    expect((await post('/v2/repository/models/changing/load', {})).status).toBe(200);
    expect(await predict()).not.toEqual(before);
  });

  it('counts what it does for Prometheus', async () => {
    await post('/v2/models/cells/infer', { inputs: [images(5)] });
    const page = await (await ask('/metrics')).text();
    expect(page).toMatch(/cellmixer_inference_requests_total\{route="infer",status="200"\} [1-9]/);
    for (const name of [
      'queue_depth',
      'queue_wait_seconds_count',
      'batch_pictures_count',
      'run_seconds_count',
    ])
      expect(page).toContain(`cellmixer_inference_${name}`);
    expect(Number(/cellmixer_inference_pixels_total (\d+)/.exec(page)?.[1])).toBeGreaterThan(255);
    expect(Number(/cellmixer_inference_cache_bytes (\d+)/.exec(page)?.[1])).toBeGreaterThan(1000);
  });
});

describe('bad requests', () => {
  const many = [1, 1, 15, 16];
  it.each<[string, unknown, RegExp]>([
    ['no JSON', undefined, /not JSON/],
    ['no inputs', {}, /inputs/],
    ['another input', { inputs: [{ ...images(1), name: 'data' }] }, /"data"; "images" alone/],
    ['another datatype', { inputs: [{ ...images(1), datatype: 'FP64' }] }, /FP64; FP32/],
    ['too few values', { inputs: [{ ...images(1), data: [1, 2] }] }, /2 numbers; its shape says 256/],
    [
      'words among the values',
      { inputs: [{ ...images(1), data: Array(256).fill('a') }] },
      /"a", which is no/,
    ],
    ['a null', { inputs: [{ ...images(1), data: Array(256).fill(null) }] }, /null, which is no number/],
    ['values beyond float32', { inputs: [{ ...images(1), data: Array(256).fill(1e39) }] }, /Infinity/],
    ['three sides', { inputs: [{ ...images(1), shape: [1, 16, 16] }] }, /\[pictures, 1, height, width\]/],
    ['two channels', { inputs: [{ ...images(1), shape: [1, 2, 8, 16] }] }, /\[pictures, 1, height, width\]/],
    ['no pictures', { inputs: [{ ...images(1), shape: [0, 1, 16, 16], data: [] }] }, /\[pictures, 1/],
    ['an odd side', { inputs: [{ ...images(1, many), data: Array(240).fill(0) }] }, /16×15.*multiples of 4/],
    ['a side below nothing', { inputs: [{ ...images(1), shape: [1, 1, -16, -16] }] }, /shape/],
    ['a shape beyond all data', { inputs: [{ ...images(1), shape: [1, 1, 2e9, 2e9] }] }, /shape/],
    ['an unknown output', { inputs: [images(1)], outputs: [{ name: 'mask' }] }, /no output "mask"/],
    [
      'binary data that are not there',
      {
        inputs: [
          { name: 'images', datatype: 'FP32', shape: [1, 1, 16, 16], parameters: { binary_data_size: 1024 } },
        ],
      },
      /1024, but 0 bytes/,
    ],
  ])('answers 400 to %s and says what is wrong', async (_what, body, words) => {
    const response = await ask('/v2/models/cells/infer', {
      method: 'POST',
      body: body === undefined ? 'hello' : JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect((await read(response)).error).toMatch(words);
  });

  it('refuses NaN in bytes, and bytes that do not fit the shape', async () => {
    const picture = smallPicture(1, side);
    picture[77] = Number.NaN;
    const predictor = await createInferencePredictor({ url: service.url, model: 'cells' });
    await expect(predictor.predict(picture, 1, side, side)).rejects.toThrow(/value 77 of "images" is NaN/);
    await expect(predictor.predict(picture, 2, side, side)).rejects.toThrow(
      /takes 2048 bytes as FP32, not 1024/,
    );
  });

  it('names the model and the cure where its file is broken, and lives on', async () => {
    const response = await post('/v2/models/broken/infer', { inputs: [images(1)] });
    expect(response.status).toBe(422);
    expect(await read(response)).toMatchObject({
      code: 'MODEL_UNREADABLE',
      error: expect.stringMatching(/version 1 of "broken".*Take a model that CellMixer exported/),
    });
    expect((await ask('/v2/models/broken/ready')).status).toBe(503);
    expect((await ask('/v2/models/cells')).status).toBe(200);
  });

  it.each([
    ['/v2/models/nobody', 404],
    ['/v2/models/..%2Fsecret', 404],
    ['/v2/models/%E0%A4%A', 404],
    ['/v2/nothing', 404],
    ['/v2/models/cells/infer', 405],
  ])('answers GET %s with %i', async (path, status) => {
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect((await read(response)).error).toBeTypeOf('string');
  });
});

describe('the predictor', () => {
  it('gives what the network gives, many at a time, whatever ran together', async () => {
    const predictor = await createInferencePredictor({ url: service.url, model: 'cells', version: '2' });
    expect([predictor.inputChannels, predictor.types, predictor.multiple]).toEqual([1, 2, 4]);
    const seeds = Array.from({ length: 24 }, (_, i) => 1 + (i % 3));
    const found = await Promise.all(
      seeds.map((seed) => predictor.predict(smallPicture(seed, side), 1, side, side)),
    );
    for (const seed of [1, 2, 3]) {
      const wanted = await expected(2, seed);
      for (const one of found.filter((_, i) => seeds[i] === seed)) {
        for (const name of ['foreground', 'types'] as const)
          for (let i = 0; i < wanted[name].length; i += 7)
            expect(one[name][i]).toBeCloseTo(wanted[name][i]!, 5);
      }
    }
  });

  it('fails at once for a model that is not there', async () => {
    await expect(createInferencePredictor({ url: service.url, model: 'nobody' })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('there is no model "nobody"'),
    });
  });

  it('stops when it is told to', async () => {
    const predictor = await createInferencePredictor({ url: service.url, model: 'cells' });
    const stop = AbortSignal.abort();
    await expect(predictor.predict(smallPicture(1, side), 1, side, side, stop)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('a client that leaves', () => {
  it('frees its place, so that others get in', async () => {
    const small = await startTestService((folder) => putModel(folder, 'cells', '1', smallModel(1)), {
      limit: { requests: 1 },
    });
    const dribbling = openInfer(small.url, 1000);
    dribbling.write('{');
    const inside = () => metric(small.url, 'requests_inside');
    await expect.poll(inside, patience).toBe(1);
    expect((await fetch(`${small.url}/v2/models/cells/infer`, { method: 'POST', body: '{}' })).status).toBe(
      429,
    );
    dribbling.destroy();
    await expect.poll(inside, patience).toBe(0);
    await small.close();
  });
});

function openInfer(url: string, length: number): ClientRequest {
  const request = openRequest(`${url}/v2/models/cells/infer`, {
    method: 'POST',
    headers: { 'content-length': length },
  });
  request.on('error', () => {});
  return request;
}

async function metric(url: string, name: string): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^cellmixer_inference_${name} (\\S+)`, 'm').exec(page)?.[1]);
}

describe('limits and the end', () => {
  it('tells a flood when to come again', async () => {
    const small = await startTestService((folder) => putModel(folder, 'cells', '1', smallModel(1)), {
      limit: { bytes: 5000, pixels: 100_000 },
    });
    const [first, second] = [openInfer(small.url, 4000), openInfer(small.url, 4000)];
    first.write('{');
    await expect.poll(() => metric(small.url, 'requests_inside'), patience).toBe(1);
    second.write('{');
    const [response] = await once(second, 'response');
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    first.destroy();
    second.destroy();
    await small.close();
  });

  it('refuses what is too large: bodies and pictures', async () => {
    const small = await startTestService((folder) => putModel(folder, 'cells', '1', smallModel(1)), {
      limit: { pixels: 1000 },
    });
    const infer = (body: string) => fetch(`${small.url}/v2/models/cells/infer`, { method: 'POST', body });
    expect((await infer('x'.repeat(16_001))).status).toBe(413);
    const picture = { ...images(1), shape: [1, 1, 32, 32], data: Array(1024).fill(0) };
    const response = await infer(JSON.stringify({ inputs: [picture] }));
    expect([response.status, (await read(response)).error]).toEqual([
      413,
      expect.stringContaining('1024 pixels; at most 1000'),
    ]);
    await small.close();
  });

  it('ends the wait of a request at its own deadline', async () => {
    const response = await post('/v2/models/cells/infer', {
      inputs: [{ ...images(1), shape: [1, 1, 1024, 1024], data: Array(1024 * 1024).fill(0) }],
      parameters: { timeout: 1000 },
    });
    expect([response.status, (await read(response)).code]).toEqual([504, 'DEADLINE_EXCEEDED']);
  });

  it('wants the token for all but health', async () => {
    const token = 'a-token-of-some-length';
    const guarded = await startTestService((folder) => putModel(folder, 'cells', '1', smallModel(1)), {
      token,
    });
    expect((await fetch(`${guarded.url}/readyz`)).status).toBe(200);
    for (const path of ['/v2', '/metrics', '/v2/models/cells', '/nothing']) {
      expect((await fetch(guarded.url + path)).status).toBe(401);
      const headers = { authorization: `Bearer ${token}x` };
      expect((await fetch(guarded.url + path, { headers })).status).toBe(401);
    }
    await expect(createInferencePredictor({ url: guarded.url, model: 'cells' })).rejects.toMatchObject({
      code: 'NOT_AUTHENTICATED',
    });
    const predictor = await createInferencePredictor({ url: guarded.url, model: 'cells', token });
    expect(predictor.types).toBe(2);
    await guarded.close();
  });

  it('never listens for others without a token', async () => {
    await expect(startTestService(() => {}, { host: '0.0.0.0' })).rejects.toThrow(/without a token/);
  });

  it('finishes what is inside when it ends, and refuses the rest', async () => {
    const ending = await startTestService((folder) => putModel(folder, 'cells', '1', smallModel(1)));
    const body = JSON.stringify({ inputs: [images(1)] });
    const inside = openInfer(ending.url, body.length);
    inside.write(body.slice(0, 100));
    await expect.poll(() => metric(ending.url, 'requests_inside'), patience).toBe(1);
    const closed = ending.close();
    expect((await fetch(`${ending.url}/readyz`)).status).toBe(503);
    const late = await fetch(`${ending.url}/v2/models/cells/infer`, { method: 'POST', body: '{}' });
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2']);
    inside.end(body.slice(100));
    const [response] = await once(inside, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
    await closed;
    await expect(fetch(ending.url)).rejects.toThrow();
  });
});
