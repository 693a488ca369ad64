import { describe, expect, it } from 'vitest';
import { buildGradientGraph } from '../gradient-graph.ts';
import { Fixture } from '../testing/fixtures.ts';
import { lowerings } from '../testing/lowerings.ts';
import { fixtureBatch, fixtureLoss, fixtureNetwork, parameterVector } from '../testing/network-fixture.ts';
import { openGraph, runGraph } from '../testing/run-graph.ts';
import { buildUpdateGraph, decayMask } from './update-graph.ts';

const scalar = (value: number) => ({ data: Float32Array.of(value), shape: [] });
const vector = (data: Float32Array) => ({ data, shape: [data.length] });

describe.each(lowerings)('twenty steps, $lowering', ({ lowering, blockSize }) => {
  it('go the way of PyTorch in float64', async () => {
    const fixture = new Fixture('training');
    const options = { network: fixtureNetwork(fixture), loss: fixtureLoss(fixture) };
    const given = blockSize === undefined ? { lowering } : { lowering, blockSize };
    const graph = buildGradientGraph({ ...options, group: 2, height: 32, width: 32, ...given });
    const size = graph.storedSize;
    const beta1 = 0.9;
    const beta2 = 0.999;
    const constants = { beta1, beta2, epsilon: 1e-8, weightDecay: 0.05, clipNorm: 2 };
    const gradient = await openGraph(graph.model);
    const update = await openGraph(buildUpdateGraph({ storedSize: size, groups: 2, ...constants }));

    let parameters = graph.toStored(parameterVector(fixture, 'parameter'));
    let first: Float32Array = new Float32Array(size);
    let second: Float32Array = new Float32Array(size);
    let average = parameters;
    const mask = decayMask(graph);
    const totals = fixture.data('totals');
    const norms = fixture.data('norms');
    for (let step = 0; step < totals.length; step++) {
      const gradients = new Float32Array(2 * size);
      let total = 0;
      for (const group of [0, 1]) {
        const outputs = await gradient({
          ...fixtureBatch(fixture, 2 * group, 2),
          parameters: vector(parameters),
        });
        gradients.set(outputs.gradients!, group * size);
        total += outputs.losses![0]! / 2;
      }
      expect(Math.abs(total / totals[step]! - 1), `loss of step ${step}`).toBeLessThan(1e-3);
      const outputs = await update({
        parameters: vector(parameters),
        first: vector(first),
        second: vector(second),
        average: vector(average),
        gradients: { data: gradients, shape: [2, size] },
        decayMask: vector(mask),
        learningRate: scalar(3e-3),
        correction1: scalar(1 - beta1 ** (step + 1)),
        correction2: scalar(1 - beta2 ** (step + 1)),
        averageDecay: scalar(Math.min(0.999, (1 + step) / (10 + step))),
      });
      // Later the two have drifted apart by rounding: the norm feels that a hundred times more than the loss.
      const normError = Math.abs(outputs.gradientNorm![0]! / norms[step]! - 1);
      if (step < 5) expect(normError, `norm of step ${step}`).toBeLessThan(1e-2);
      parameters = outputs.newParameters!;
      first = outputs.newFirst!;
      second = outputs.newSecond!;
      average = outputs.newAverage!;
    }
    const averageNorm = Math.sqrt(graph.fromStored(average).reduce((sum, x) => sum + x * x, 0));
    expect(averageNorm / fixture.data('averageNorm')[0]!).toBeCloseTo(1, 3);
  });
});

it('shortens a gradient that is longer than the limit, and no other', async () => {
  const constants = { beta1: 0, beta2: 0, epsilon: 1, weightDecay: 0, clipNorm: 1 };
  const model = buildUpdateGraph({ storedSize: 2, groups: 1, ...constants });
  const moment = async (gradient: readonly number[]) => {
    const zeros = vector(new Float32Array(2));
    const outputs = await runGraph(model, {
      parameters: zeros,
      first: zeros,
      second: zeros,
      average: zeros,
      gradients: { data: Float32Array.from(gradient), shape: [1, 2] },
      decayMask: zeros,
      learningRate: scalar(1),
      correction1: scalar(1),
      correction2: scalar(1),
      averageDecay: scalar(0),
    });
    return { first: [...outputs.newFirst!], norm: outputs.gradientNorm![0]! };
  };
  const long = await moment([3, 4]);
  expect(long.norm).toBeCloseTo(5, 5);
  expect(long.first[0]).toBeCloseTo(0.6, 5);
  expect(long.first[1]).toBeCloseTo(0.8, 5);
  const short = await moment([0.3, 0.4]);
  expect(short.first[0]).toBeCloseTo(0.3, 6);
});
