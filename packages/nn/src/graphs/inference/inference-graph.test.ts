import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import type { TrainedNetwork } from '../../contracts.ts';
import { networkLayout } from '../network/network-layout.ts';
import { Fixture } from '../testing/fixtures.ts';
import { fixtureNetwork, parameterVector } from '../testing/network-fixture.ts';
import { relativeError } from '../testing/relative-error.ts';
import { openGraph, runGraph } from '../testing/run-graph.ts';
import { buildInferenceGraph } from './inference-graph.ts';
import { readInferenceMetadata } from './read-metadata.ts';

/** The network of a fixture with the statistics of its own batch. */
function trainedNetwork(fixture: Fixture): TrainedNetwork {
  const network = fixtureNetwork(fixture);
  const statistics = fixture.data('statistics').slice();
  for (const { channels, offset } of networkLayout(network).norms) {
    for (let i = offset; i < offset + channels; i++) {
      statistics[i + channels] = statistics[i + channels]! - statistics[i]! ** 2;
    }
  }
  return { network, parameters: parameterVector(fixture, 'parameter'), statistics };
}

describe.each(['network-plain', 'network-residual', 'network-depthwise'])('exported %s', (name) => {
  const fixture = new Fixture(name);
  const trained = trainedNetwork(fixture);

  it('predicts what PyTorch predicts with the same statistics', async () => {
    const outputs = await runGraph(buildInferenceGraph(trained, {}), { images: fixture.tensor('picture') });
    expect(relativeError(outputs.foreground!, fixture.data('predicted.foreground'))).toBeLessThan(1e-5);
    expect(relativeError(outputs.types!, fixture.data('predicted.types'))).toBeLessThan(1e-5);
  });

  it('takes pictures of any count and size that halve often enough', async () => {
    const run = await openGraph(buildInferenceGraph(trained, {}));
    const channels = trained.network.inputChannels;
    for (const [count, height, width] of [
      [1, 16, 32],
      [3, 24, 8],
    ] as const) {
      const data = new Float32Array(count * channels * height * width);
      const { foreground, types } = await run({ images: { data, shape: [count, channels, height, width] } });
      expect(foreground).toHaveLength(count * height * width);
      expect(types).toHaveLength(count * trained.network.types * height * width);
    }
  });

  it('says what it is', () => {
    const metadata = { cell: 'α', empty: '' };
    expect(readInferenceMetadata(buildInferenceGraph(trained, metadata))).toEqual({
      inputChannels: trained.network.inputChannels,
      types: 3,
      multiple: 2,
      metadata,
    });
  });
});

it('refuses vectors of another network', () => {
  const trained = trainedNetwork(new Fixture('network-plain'));
  const short = { ...trained, parameters: trained.parameters.slice(1) };
  expect(() => buildInferenceGraph(short, {})).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
});

it('calls what is no model of ours unreadable', () => {
  const unreadable = expect.objectContaining({ name: CellMixerError.name, code: 'MODEL_UNREADABLE' });
  expect(() => readInferenceMetadata(new Uint8Array([1, 2, 3, 255]))).toThrow(unreadable);
  expect(() => readInferenceMetadata(new Uint8Array())).toThrow(unreadable);
});
