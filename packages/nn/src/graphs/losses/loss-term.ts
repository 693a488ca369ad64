import type { Tensor, TensorGraph } from '../tensor-graph.ts';

/** A loss (scalar) with its gradient for the logits or probabilities that it was given. */
export interface LossTerm {
  readonly value: Tensor;
  readonly gradient: Tensor;
}

/** Keeps a mean over no pixels at 0 / ε = 0. */
const emptyGuard = 1e-6;

/** 1 / (sum of weights + ε): what makes a weighted sum a mean. */
export function inverseSum(graph: TensorGraph, weight: Tensor): Tensor {
  return graph.reciprocal(graph.addScalar(totalSum(graph, weight), emptyGuard));
}

export function totalSum(graph: TensorGraph, x: Tensor): Tensor {
  return graph.sum(
    x,
    x.shape.map((_, axis) => axis),
  );
}
