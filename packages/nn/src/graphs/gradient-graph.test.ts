import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import type { GradientGraphOptions, UNetOptions } from '../contracts.ts';
import { buildGradientGraph } from './gradient-graph.ts';
import { initialiseParameters } from './network/initialise-parameters.ts';
import { networkLayout } from './network/network-layout.ts';
import { defaultLoss, defaultUNet } from './network/presets.ts';
import { Fixture } from './testing/fixtures.ts';
import { blockedSkipReason, lowerings } from './testing/lowerings.ts';
import { fixtureBatch, fixtureLoss, fixtureNetwork, parameterVector } from './testing/network-fixture.ts';
import { relativeError } from './testing/relative-error.ts';
import { type Feeds, openGraph, runGraph } from './testing/run-graph.ts';

describe.each(lowerings)('whole network, $lowering', ({ lowering, blockSize }) => {
  const given = blockSize === undefined ? { lowering } : { lowering, blockSize };

  it.each(['network-plain', 'network-residual', 'network-depthwise'])(
    '%s: losses, statistics and gradients are those of PyTorch in float64',
    async (name) => {
      const fixture = new Fixture(name);
      const network = fixtureNetwork(fixture);
      const graph = buildGradientGraph({
        network,
        loss: fixtureLoss(fixture),
        group: 2,
        height: 16,
        width: 16,
        ...given,
      });
      const parameters = graph.toStored(parameterVector(fixture, 'parameter'));
      const outputs = await runGraph(graph.model, {
        parameters: { data: parameters, shape: [graph.storedSize] },
        ...fixtureBatch(fixture),
      });
      expect(relativeError(outputs.losses!, fixture.data('losses'))).toBeLessThan(1e-5);
      expect(relativeError(outputs.statistics!, fixture.data('statistics'))).toBeLessThan(1e-5);
      const gradients = graph.fromStored(outputs.gradients!);
      expect(relativeError(gradients, parameterVector(fixture, 'gradient'))).toBeLessThan(1e-5);
      for (const { name: parameter, offset, size } of graph.layout.parameters) {
        const error = relativeError(
          gradients.slice(offset, offset + size),
          fixture.data(`gradient.${parameter}`),
        );
        expect(error, parameter).toBeLessThan(1e-4);
      }
    },
  );

  it.each(Object.entries(variants()))(
    'gradients of the %s network predict how the loss changes',
    async (_name, network) => {
      const shape = { group: 2, height: 32, width: 16 };
      const graph = buildGradientGraph({ network, loss: defaultLoss, ...shape, ...given });
      const run = await openGraph(graph.model);
      const feeds = batch(network, shape);
      const start = initialiseParameters(network, 3, { foregroundPrior: 0.3 });
      const evaluate = (parameters: Float32Array) =>
        run({ ...feeds, parameters: { data: graph.toStored(parameters), shape: [graph.storedSize] } });
      const gradient = graph.fromStored((await evaluate(start)).gradients!);
      const norm = Math.sqrt(gradient.reduce((sum, x) => sum + x * x, 0));
      // Along the gradient itself the change is largest, and so best told from rounding.
      const step = 2e-3;
      const lossAt = async (distance: number) =>
        (await evaluate(start.map((value, i) => value + (distance * gradient[i]!) / norm))).losses![0]!;
      const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
      expect(slope / norm).toBeCloseTo(1, 1.7);
    },
  );

  it('gives the same bits for the same inputs', async () => {
    const network = defaultUNet({ inputChannels: 1, types: 2, levels: 3 });
    const shape = { group: 2, height: 32, width: 32 };
    const graph = buildGradientGraph({ network, loss: defaultLoss, ...shape, ...given });
    const run = await openGraph(graph.model);
    const parameters = graph.toStored(initialiseParameters(network, 1, { foregroundPrior: 0.3 }));
    const feeds = { ...batch(network, shape), parameters: { data: parameters, shape: [graph.storedSize] } };
    const first = (await run(feeds)).gradients!.slice();
    const second = (await run(feeds)).gradients!;
    expect(second).toEqual(first);
  });

  it('brings every parameter to its place and back', () => {
    for (const network of Object.values(variants())) {
      const options = { network, loss: defaultLoss, group: 1, height: 16, width: 16, ...given };
      const graph = buildGradientGraph(options);
      const numbers = Float32Array.from({ length: graph.layout.parameterCount }, (_, i) => i + 1);
      expect(graph.fromStored(graph.toStored(numbers))).toEqual(numbers);
    }
  });
});

it.skipIf(blockedSkipReason !== undefined)('both lowerings agree on the default network', async () => {
  const network = defaultUNet({ inputChannels: 3, types: 3 });
  const shape = { group: 2, height: 32, width: 48 };
  const feeds = batch(network, shape);
  const start = initialiseParameters(network, 1, { foregroundPrior: 0.3 });
  const results = await Promise.all(
    lowerings.map(async (choice) => {
      const graph = buildGradientGraph({ network, loss: defaultLoss, ...shape, ...choice });
      const parameters = { data: graph.toStored(start), shape: [graph.storedSize] };
      const outputs = await runGraph(graph.model, { ...feeds, parameters });
      return { losses: outputs.losses!, gradients: graph.fromStored(outputs.gradients!) };
    }),
  );
  expect(relativeError(results[1]!.losses, results[0]!.losses)).toBeLessThan(1e-6);
  expect(relativeError(results[1]!.gradients, results[0]!.gradients)).toBeLessThan(2e-5);
});

describe('shapes that cannot be', () => {
  const network = defaultUNet({ inputChannels: 1, types: 2 });
  const options: GradientGraphOptions = {
    network,
    loss: defaultLoss,
    lowering: 'portable',
    group: 2,
    height: 32,
    width: 32,
  };
  const refused: Record<string, GradientGraphOptions> = {
    'sides that do not halve often enough': { ...options, height: 36 },
    'a group of no images': { ...options, group: 0 },
    'no types': { ...options, network: { ...network, types: 0 } },
    'one level': { ...options, network: { ...network, levels: 1 } },
    'the blocked lowering without a block size': { ...options, lowering: 'blocked' },
    'channels that do not fill a block': {
      ...options,
      lowering: 'blocked',
      blockSize: 16,
      network: { ...network, width: 24 },
    },
    'pictures of more channels than a block': {
      ...options,
      lowering: 'blocked',
      blockSize: 16,
      network: { ...network, inputChannels: 17 },
    },
  };
  it.each(Object.entries(refused))('%s are refused by name', (_name, wrong) => {
    expect(() => buildGradientGraph(wrong)).toThrow(
      expect.objectContaining({ name: CellMixerError.name, code: 'GRAPH_INVALID' }),
    );
  });
});

it('counts in the layout what the network has', () => {
  const layout = networkLayout(defaultUNet({ inputChannels: 1, types: 3, deepSupervision: false }));
  const last = layout.parameters.at(-1)!;
  expect(last.name).toBe('heads.0.bias');
  expect(last.offset + last.size).toBe(layout.parameterCount);
  expect(layout.parameterCount).toBe(536_372);
  expect(layout.statisticsCount).toBe(2 * layout.norms.reduce((sum, { channels }) => sum + channels, 0));
});

function variants(): Record<string, UNetOptions> {
  const plain = defaultUNet({ inputChannels: 1, types: 2, levels: 3, activation: 'silu' });
  return {
    plain,
    residual: { ...plain, block: 'residual', norm: 'group' },
    depthwise: { ...plain, block: 'depthwise', upsample: 'bilinear', typeHead: 'sigmoid' },
  };
}

/** A made-up batch in which every image has every type. */
function batch(
  { inputChannels, types }: UNetOptions,
  { group, height, width }: { group: number; height: number; width: number },
): Feeds {
  const fill = (channels: number, value: (i: number, channel: number) => number) => ({
    data: Float32Array.from({ length: group * channels * height * width }, (_, i) =>
      value(i, Math.floor(i / (height * width)) % channels),
    ),
    shape: [group, channels, height, width],
  });
  return {
    images: fill(inputChannels, (i) => Math.sin(i * 0.7) + Math.cos(i * i * 0.013)),
    foreground: fill(1, (i) => (i % 7 < 3 ? 1 : 0)),
    types: fill(types, (i, type) => (Math.floor(i / 5) % types === type ? 1 : 0)),
    weight: fill(1, (i) => (i % 11) / 5),
  };
}
