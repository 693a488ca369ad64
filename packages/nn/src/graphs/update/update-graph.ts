import { CellMixerError } from '@cellmixer/errors';
import type { GradientGraph, UpdateGraphOptions } from '../../contracts.ts';
import { type Tensor, TensorGraph } from '../tensor-graph.ts';

/**
 * One optimiser step over the whole stored vector: mean of the groups' gradients (summed in fixed order), clipping by
 * the global norm, AdamW (Loshchilov & Hutter 2019) and the averaged weights. Inputs and outputs: see
 * {@link UpdateGraphOptions}.
 */
export function buildUpdateGraph(options: UpdateGraphOptions): Uint8Array {
  const { storedSize, groups, beta1, beta2, epsilon, weightDecay } = options;
  if (storedSize < 1 || groups < 1) {
    throw new CellMixerError('GRAPH_INVALID', `No step over ${storedSize} parameters and ${groups} groups.`);
  }
  const graph = new TensorGraph();
  const vector = (name: string): Tensor => graph.input(name, [storedSize]);
  const scalar = (name: string): Tensor => graph.input(name, []);
  const parameters = vector('parameters');
  const first = vector('first');
  const second = vector('second');
  const average = vector('average');
  const gradients = graph.input('gradients', [groups, storedSize]);
  const mask = vector('decayMask');
  const learningRate = scalar('learningRate');
  const correction1 = scalar('correction1');
  const correction2 = scalar('correction2');
  const averageDecay = scalar('averageDecay');

  const { gradient, norm } = clippedMean(graph, gradients, options);
  const newFirst = graph.add(graph.scale(first, beta1), graph.scale(gradient, 1 - beta1));
  const square = graph.multiply(gradient, gradient);
  const newSecond = graph.add(graph.scale(second, beta2), graph.scale(square, 1 - beta2));
  const spread = graph.sqrt(graph.multiply(newSecond, graph.reciprocal(correction2)));
  const direction = graph.divide(newFirst, graph.addScalar(spread, epsilon));
  const decayed = graph.multiply(parameters, graph.multiply(mask, graph.scale(learningRate, weightDecay)));
  const stepped = graph.subtract(parameters, decayed);
  const rate = graph.divide(learningRate, correction1);
  const newParameters = graph.subtract(stepped, graph.multiply(direction, rate));
  const rest = graph.subtract(graph.scalar(1), averageDecay);
  const newAverage = graph.add(graph.multiply(average, averageDecay), graph.multiply(newParameters, rest));

  graph.output('newParameters', newParameters);
  graph.output('newFirst', newFirst);
  graph.output('newSecond', newSecond);
  graph.output('newAverage', newAverage);
  graph.output('gradientNorm', norm);
  return graph.builder.write();
}

/** `norm` is the norm before clipping. */
function clippedMean(
  graph: TensorGraph,
  gradients: Tensor,
  { groups, clipNorm }: UpdateGraphOptions,
): { gradient: Tensor; norm: Tensor } {
  const size = gradients.shape[1]!;
  const rows = Array.from({ length: groups }, (_, group) => graph.slice(gradients, group, group + 1, 0));
  // One addition after the other: the result must not depend on how a reduction is divided among threads.
  const sum = rows.map((row) => graph.reshape(row, [size])).reduce((total, row) => graph.add(total, row));
  const mean = graph.scale(sum, 1 / groups);
  const norm = graph.sqrt(graph.sum(graph.multiply(mean, mean), [0]));
  const shrink = graph.divide(graph.scalar(clipNorm), graph.addScalar(norm, 1e-6));
  return { gradient: graph.multiply(mean, graph.minimum(shrink, graph.scalar(1))), norm };
}

/** 1 where weight decay applies and 0 elsewhere, in the graph's stored order. */
export function decayMask(graph: GradientGraph): Float32Array {
  const mask = new Float32Array(graph.layout.parameterCount);
  for (const { decay, offset, size } of graph.layout.parameters)
    mask.fill(decay ? 1 : 0, offset, offset + size);
  return graph.toStored(mask);
}
