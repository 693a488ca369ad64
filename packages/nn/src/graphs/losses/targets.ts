import type { Tensor, TensorGraph } from '../tensor-graph.ts';

/**
 * What losses compare with, each already multiplied by the weight of the pixel. In this form the weighted average
 * pooling of a target is plain average pooling of it and of its weight.
 */
export interface Targets {
  /** w [N, 1, H, W]. */
  readonly weight: Tensor;
  /** w · foreground [N, 1, H, W]; the weight of the type losses. */
  readonly foreground: Tensor;
  /** w · foreground · type [N, K, H, W]. */
  readonly types: Tensor;
}

export function weightedTargets(
  graph: TensorGraph,
  weight: Tensor,
  foreground: Tensor,
  types: Tensor,
): Targets {
  graph.scope('targets');
  const weighted = graph.multiply(weight, foreground);
  return { weight, foreground: weighted, types: graph.multiply(types, weighted) };
}

/** The targets at half the resolution. */
export function halveTargets(graph: TensorGraph, { weight, foreground, types }: Targets): Targets {
  graph.scope('targets');
  return {
    weight: averagePool(graph, weight),
    foreground: averagePool(graph, foreground),
    types: averagePool(graph, types),
  };
}

function averagePool(graph: TensorGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return graph.apply('AveragePool', [x], [n, c, h / 2, w / 2], { kernel_shape: [2, 2], strides: [2, 2] });
}
