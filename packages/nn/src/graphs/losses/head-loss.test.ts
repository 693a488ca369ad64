import { describe, expect, it } from 'vitest';
import { TensorGraph } from '../tensor-graph.ts';
import { Fixture } from '../testing/fixtures.ts';
import { relativeError } from '../testing/relative-error.ts';
import { runGraph } from '../testing/run-graph.ts';
import { headLoss } from './head-loss.ts';
import { weightedTargets } from './targets.ts';

const tolerance = 1e-5;
const names = ['logits', 'foreground', 'types', 'weight'] as const;

interface Tensors {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Value and gradient of one part of the loss. */
async function lossPart(
  typeHead: 'softmax' | 'sigmoid',
  part: 'foreground' | 'type' | 'dice',
  tensor: (name: (typeof names)[number]) => Tensors,
) {
  const graph = new TensorGraph();
  const [logits, foreground, types, weight] = names.map((name) => graph.input(name, tensor(name).shape));
  const weights = { foreground: 0, type: 0, dice: 0, [part]: 1 };
  const loss = headLoss(
    graph,
    logits!,
    weightedTargets(graph, weight!, foreground!, types!),
    typeHead,
    weights,
  );
  graph.output('value', graph.reshape(loss.total, [1]));
  graph.output('gradient', loss.gradient);
  const outputs = await runGraph(
    graph.builder.write(),
    Object.fromEntries(names.map((name) => [name, tensor(name)])),
  );
  return { value: outputs.value!, gradient: outputs.gradient! };
}

describe.each(['softmax', 'sigmoid'] as const)('loss with a %s type head', (typeHead) => {
  const fixture = new Fixture(`loss-${typeHead}`);

  it.each(['foreground', 'type', 'dice'] as const)('%s is that of PyTorch in float64', async (part) => {
    const { value, gradient } = await lossPart(typeHead, part, (name) => fixture.tensor(name));
    expect(relativeError(value, fixture.data(`value.${part}`))).toBeLessThan(tolerance);
    expect(relativeError(gradient, fixture.data(`gradient.${part}`))).toBeLessThan(tolerance);
  });

  it.each(['foreground', 'type', 'dice'] as const)(
    '%s of pictures without any weight is 0, and so is its gradient',
    async (part) => {
      const { value, gradient } = await lossPart(typeHead, part, (name) => {
        const { data, shape } = fixture.tensor(name);
        return name === 'weight' ? { data: new Float32Array(data.length), shape } : { data, shape };
      });
      expect(value[0]).toBe(0);
      expect(gradient.every((x) => x === 0)).toBe(true);
    },
  );

  it('stays finite for logits of a thousand', async () => {
    const tensor = (name: (typeof names)[number]): Tensors => {
      const { data, shape } = fixture.tensor(name);
      return name === 'logits' ? { data: data.map((x) => (x > 0 ? 1000 : -1000)), shape } : { data, shape };
    };
    for (const part of ['foreground', 'type', 'dice'] as const) {
      const { value, gradient } = await lossPart(typeHead, part, tensor);
      expect(Number.isFinite(value[0])).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });
});

it('does not count a type that the picture has not', async () => {
  const pixels = 4;
  const graph = new TensorGraph();
  // Foreground and the first type are predicted surely and rightly; the second type is nowhere.
  const logits = graph.constant(
    Float32Array.from({ length: 3 * pixels }, (_, i) => (i < 2 * pixels ? 40 : -40)),
    [1, 3, 2, 2],
  );
  const ones = graph.filled(1, [1, 1, 2, 2]);
  const types = graph.constant(
    Float32Array.from({ length: 2 * pixels }, (_, i) => (i < pixels ? 1 : 0)),
    [1, 2, 2, 2],
  );
  const weights = { foreground: 0, type: 0, dice: 1 };
  const loss = headLoss(graph, logits, weightedTargets(graph, ones, ones, types), 'softmax', weights);
  graph.output('dice', graph.reshape(loss.dice, [1]));
  const { dice } = await runGraph(graph.builder.write(), {});
  expect(dice![0]).toBeCloseTo(0, 6);
});
