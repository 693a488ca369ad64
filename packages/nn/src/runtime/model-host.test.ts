import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallNetwork } from '../../fixtures/small-training.ts';
import { buildInferenceGraph } from '../graphs/index.ts';
import { initialiseParameters } from '../graphs/network/initialise-parameters.ts';
import { networkLayout } from '../graphs/network/network-layout.ts';
import { openModel } from './model.ts';
import { createModelHost, type ModelHost } from './model-host.ts';
import { sharedFloats } from './shared-batch.ts';

const side = 32;
const picture = Float32Array.from({ length: side * side }, (_, i) => Math.sin(i * 0.37));
const layout = networkLayout(smallNetwork);
const statistics = new Float32Array(layout.statisticsCount);
for (const { offset, channels } of layout.norms) statistics.fill(1, offset + channels, offset + 2 * channels);
const [first, second] = [3, 4].map((seed) =>
  buildInferenceGraph(
    {
      network: smallNetwork,
      parameters: initialiseParameters(smallNetwork, seed, { foregroundPrior: 0.4 }),
      statistics,
    },
    { seed: String(seed) },
  ),
) as [Uint8Array, Uint8Array];
let host: ModelHost;

beforeAll(async () => {
  host = await createModelHost({ provider: 'cpu', threads: 2 });
});
afterAll(() => host.close());

describe('a host of models', () => {
  it('runs two networks in the same threads, each as it would alone', async () => {
    const models = await Promise.all([host.open(first), host.open(second)]);
    const both = await Promise.all(
      Array.from({ length: 8 }, (_, i) => models[i % 2]!.predict(picture, 1, side, side)),
    );
    for (const [index, bytes] of [first, second].entries()) {
      const alone = await openModel(bytes, { provider: 'cpu', lanes: 1 });
      const expected = await alone.predict(picture, 1, side, side);
      await alone.close();
      for (const found of both.filter((_, i) => i % 2 === index)) expect(found).toEqual(expected);
    }
    expect(both[0]).not.toEqual(both[1]);
    await Promise.all(models.map((model) => model.close()));
  });

  it('closes one network after the runs that it is in, and the other goes on', async () => {
    const [leaving, staying] = await Promise.all([host.open(first), host.open(second)]);
    const last = leaving.predict(picture, 1, side, side);
    await leaving.close();
    expect((await last).foreground.length).toBe(side * side);
    expect((await staying.predict(picture, 1, side, side)).foreground.length).toBe(side * side);
    await staying.close();
  });

  it('lets nobody run a network that is closed', async () => {
    const model = await host.open(first);
    await model.close();
    await expect(model.predict(picture, 1, side, side)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('opens a network while all threads are busy, and runs it in each of them', async () => {
    const busy = await host.open(first);
    const large = new Float32Array(256 * 256);
    const runs = Array.from({ length: 4 }, () => busy.predict(large, 1, 256, 256));
    const late = await host.open(second);
    const found = await Promise.all(Array.from({ length: 6 }, () => late.predict(picture, 1, side, side)));
    for (const prediction of found) expect(prediction).toEqual(found[0]);
    await Promise.all(runs);
    await Promise.all([busy.close(), late.close()]);
  });

  it('goes on after a broken file', async () => {
    await expect(host.open(first.slice(0, 500))).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' });
    const model = await host.open(first);
    expect((await model.predict(picture, 1, side, side)).types.length).toBe(2 * side * side);
    await model.close();
  });

  it('takes shared memory as it is', async () => {
    const model = await host.open(first);
    const shared = sharedFloats(picture.length);
    shared.set(picture);
    expect(await model.predict(shared, 1, side, side)).toEqual(await model.predict(picture, 1, side, side));
    await model.close();
  });

  it('refuses with CANCELLED what is asked for after its end', async () => {
    const ended = await createModelHost({ provider: 'cpu', lanes: 1 });
    const model = await ended.open(first);
    await ended.close();
    await expect(model.predict(picture, 1, side, side)).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(ended.open(second)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
