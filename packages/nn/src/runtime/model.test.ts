import { beforeAll, describe, expect, it } from 'vitest';
import { smallNetwork } from '../../fixtures/small-training.ts';
import { buildInferenceGraph } from '../graphs/index.ts';
import { initialiseParameters } from '../graphs/network/initialise-parameters.ts';
import { networkLayout } from '../graphs/network/network-layout.ts';
import { openModel } from './model.ts';

const side = 32;
const pictures = Float32Array.from(
  { length: 2 * side * side },
  (_, i) => Math.sin(i * 0.37) + Math.cos(i * 0.013),
);
const one = pictures.subarray(0, side * side);
let bytes: Uint8Array;

beforeAll(() => {
  const layout = networkLayout(smallNetwork);
  const statistics = new Float32Array(layout.statisticsCount);
  for (const { offset, channels } of layout.norms)
    statistics.fill(1, offset + channels, offset + 2 * channels);
  const parameters = initialiseParameters(smallNetwork, 3, { foregroundPrior: 0.4 });
  bytes = buildInferenceGraph({ network: smallNetwork, parameters, statistics }, { lines: 'A,B' });
});

describe('model', () => {
  it('predicts probabilities of the right shapes, the types of a pixel summing to one', async () => {
    await using model = disposable(await openModel(bytes, { provider: 'cpu' }));
    const { foreground, types } = await model.predict(pictures, 2, side, side);
    expect(foreground.length).toBe(2 * side * side);
    expect(types.length).toBe(4 * side * side);
    for (let i = 0; i < side * side; i += 97) {
      expect(foreground[i]).toBeGreaterThan(0);
      expect(foreground[i]).toBeLessThan(1);
      expect(types[i]! + types[side * side + i]!).toBeCloseTo(1, 5);
    }
  });

  it('tells what was stored with it', async () => {
    await using model = disposable(await openModel(bytes, { provider: 'cpu', threads: 1 }));
    expect(model.metadata).toEqual({ lines: 'A,B' });
    expect([model.inputChannels, model.types, model.multiple, model.provider]).toEqual([1, 2, 4, 'cpu']);
  });

  it('predicts the same alone, in company, in a worker or in the calling thread', async () => {
    await using pool = disposable(await openModel(bytes, { provider: 'cpu', threads: 2, lanes: 2 }));
    await using local = disposable(await openModel(bytes, { provider: 'cpu', worker: false, threads: 1 }));
    const alone = await local.predict(one, 1, side, side);
    const many = await Promise.all(Array.from({ length: 7 }, () => pool.predict(one, 1, side, side)));
    for (const prediction of many) expect(prediction).toEqual(alone);
    const together = await pool.predict(pictures, 2, side, side);
    expect(together.foreground.slice(0, side * side)).toEqual(alone.foreground);
  });

  it('takes pictures of any size that halves often enough, and leaves the given values alone', async () => {
    await using model = disposable(await openModel(bytes, { provider: 'cpu', lanes: 1 }));
    const before = one.slice();
    const wide = await model.predict(one, 1, 16, 64);
    expect(wide.foreground.length).toBe(16 * 64);
    expect(one).toEqual(before);
    await expect(model.predict(one, 1, 30, side)).rejects.toThrow(/32×30.*multiples of 4/);
    await expect(model.predict(one, 2, side, side)).rejects.toThrow(/2048 values, not 1024/);
  });

  it('keeps the calling thread free while it predicts', async () => {
    await using model = disposable(await openModel(bytes, { provider: 'cpu', lanes: 1 }));
    const large = new Float32Array(512 * 512);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await model.predict(large, 1, 512, 512);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it('refuses what still waits when it is closed', async () => {
    const model = await openModel(bytes, { provider: 'cpu', lanes: 1 });
    const waiting = Array.from({ length: 5 }, () => model.predict(pictures, 2, side, side));
    const refused = Promise.all(
      waiting.map((promise) => expect(promise).rejects.toMatchObject({ code: 'CANCELLED' })),
    );
    await model.close();
    await refused;
  });

  it.each([
    ['something else', () => new TextEncoder().encode('hello, this is a text')],
    ['an empty file', () => new Uint8Array()],
    ['a file that was cut off', () => bytes.slice(0, bytes.length >> 1)],
    ['a file with an operator that does not exist', () => damage(bytes)],
  ])('refuses %s', async (_what, file) => {
    await expect(openModel(file(), { provider: 'cpu' })).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' });
  });
});

/** Renames an operator, so that the file is well-formed and means nothing. */
function damage(model: Uint8Array): Uint8Array {
  const text = Buffer.from(model);
  for (let at = text.indexOf('MaxPool'); at >= 0; at = text.indexOf('MaxPool')) text.write('MixPuul', at);
  return text;
}

function disposable<T extends { close(): Promise<void> }>(thing: T): T & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: () => thing.close() });
}
