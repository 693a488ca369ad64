import { BlockedKernels } from '../kernels/blocked/blocked-kernels.ts';
import { blockedDomain } from '../kernels/blocked/blocked-layout.ts';
import { PortableKernels } from '../kernels/portable/portable-kernels.ts';
import type { LayerContext } from '../layers/layer-context.ts';
import type { NetworkParameter, ParameterRole } from '../network/network-layout.ts';
import { ParameterStore } from '../parameter-store.ts';
import { elementCount } from '../shapes.ts';
import { Tape } from '../tape.ts';
import { type Tensor, TensorGraph } from '../tensor-graph.ts';
import type { TensorSource } from './fixtures.ts';
import type { LoweringChoice } from './lowerings.ts';
import { relativeError } from './relative-error.ts';
import { runGraph } from './run-graph.ts';

export interface LayerTest {
  readonly fixture: TensorSource;
  /** Names of the feature tensors in the fixture, and in the order in which the layer takes them. */
  readonly features: readonly string[];
  /** Parameters: their name in the network by their name in the fixture. */
  readonly parameters?: Readonly<Record<string, { readonly name: string; readonly role: ParameterRole }>>;
  /** Features that are plain pictures in every lowering. */
  readonly plain?: boolean;
  /** Whether the output is plain in every lowering. */
  readonly plainOutput?: boolean;
  build(context: LayerContext, features: readonly Tensor[]): Tensor;
}

/**
 * Runs a layer forward and back with the inputs and the output's gradient of the fixture. Gives relative errors of the
 * output ("y") and of every gradient that came back ("d.x", "d.weight", …).
 */
export async function layerErrors(choice: LoweringChoice, test: LayerTest): Promise<Record<string, number>> {
  const { fixture, features, plain = false, plainOutput = false } = test;
  const graph = new TensorGraph();
  const tape = new Tape(graph);
  const block = choice.blockSize ?? 0;
  const blocked = choice.lowering === 'blocked';
  const kernels = blocked ? new BlockedKernels(graph, block, 1) : new PortableKernels(graph);
  const entries = Object.entries(test.parameters ?? {});
  const store = new ParameterStore(networkParameters(fixture, entries), kernels);

  const enter = (x: Tensor): Tensor =>
    blocked && !plain ? graph.apply('ReorderInput', [x], x.shape, {}, blockedDomain) : x;
  const leave = (x: Tensor, isPlain: boolean): Tensor =>
    blocked && !isPlain
      ? graph.apply('ReorderOutput', [x], x.shape, { channels: x.shape[1]! }, blockedDomain)
      : x;

  const inputs = features.map((name) => enter(graph.input(name, fixture.tensor(name).shape)));
  const given = graph.input('d.y', fixture.tensor('d.y').shape);
  const vector = entries.length > 0 ? graph.input('parameters', [store.size]) : undefined;
  const parameters = vector ? store.split(graph, vector) : new Map<string, Tensor>();
  const y = test.build(
    { graph, tape, kernels, parameter: (name) => parameters.get(name)!, reportStatistics: () => {} },
    inputs,
  );
  graph.output('out', leave(y, plainOutput));
  tape.addGradient(
    y,
    blocked && !plainOutput ? graph.apply('ReorderInput', [given], given.shape, {}, blockedDomain) : given,
  );
  tape.backward();
  const returned = features.filter((_, i) => tape.gradient(inputs[i]!));
  for (const name of returned) {
    graph.output(`out.${name}`, leave(tape.gradient(inputs[features.indexOf(name)]!)!, plain));
  }
  if (vector) graph.output('gradients', store.join(graph, tape));

  const flat = Float32Array.from(entries.flatMap(([name]) => [...fixture.data(name)]));
  const outputs = await runGraph(graph.builder.write(), {
    ...Object.fromEntries([...features, 'd.y'].map((name) => [name, fixture.tensor(name)])),
    ...(vector && { parameters: { data: store.toStored(flat), shape: [store.size] } }),
  });
  const errors: Record<string, number> = { y: relativeError(outputs.out!, fixture.data('y')) };
  for (const name of returned) {
    errors[`d.${name}`] = relativeError(outputs[`out.${name}`]!, fixture.data(`d.${name}`));
  }
  if (vector) {
    const gradients = store.fromStored(outputs.gradients!);
    let offset = 0;
    for (const [name] of entries) {
      const expected = fixture.data(`d.${name}`);
      errors[`d.${name}`] = relativeError(gradients.slice(offset, offset + expected.length), expected);
      offset += expected.length;
    }
  }
  return errors;
}

function networkParameters(
  fixture: TensorSource,
  entries: readonly (readonly [string, { readonly name: string; readonly role: ParameterRole }])[],
): NetworkParameter[] {
  let offset = 0;
  return entries.map(([key, { name, role }]) => {
    const { shape } = fixture.tensor(key);
    const parameter = { name, role, shape, offset, size: elementCount(shape), decay: false };
    offset += parameter.size;
    return parameter;
  });
}
