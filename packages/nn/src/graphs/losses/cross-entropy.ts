import type { Tensor, TensorGraph } from '../tensor-graph.ts';
import { inverseSum, type LossTerm, totalSum } from './loss-term.ts';

/**
 * Mean over weighted pixels of −Σₖ tₖ·log softmax(z)ₖ, for soft targets t.
 *
 * @param z logits [N, K, H, W], `probabilities` their softmax
 * @param weight w [N, 1, H, W]
 * @param weighted w·t [N, K, H, W]
 */
export function softmaxCrossEntropy(
  graph: TensorGraph,
  { logProbabilities, probabilities }: SoftmaxParts,
  weight: Tensor,
  weighted: Tensor,
): LossTerm {
  const inverse = inverseSum(graph, weight);
  const total = totalSum(graph, graph.multiply(weighted, logProbabilities));
  const mass = graph.sum(weighted, [1], true);
  const difference = graph.subtract(graph.multiply(probabilities, mass), weighted);
  return {
    value: graph.negate(graph.multiply(total, inverse)),
    gradient: graph.multiply(difference, inverse),
  };
}

export interface SoftmaxParts {
  readonly probabilities: Tensor;
  readonly logProbabilities: Tensor;
}

/** Softmax over channels and its logarithm, the largest logit taken off first so that nothing overflows. */
export function softmax(graph: TensorGraph, z: Tensor): SoftmaxParts {
  const centred = graph.subtract(z, graph.largest(z, [1], true));
  const exponential = graph.exp(centred);
  const sum = graph.sum(exponential, [1], true);
  return {
    probabilities: graph.divide(exponential, sum),
    // The sum is at least 1. Said outright, or the runtime merges sum and logarithm into its slow ReduceLogSum.
    logProbabilities: graph.subtract(centred, graph.log(graph.maximum(sum, graph.scalar(1)))),
  };
}

/**
 * Mean over weighted pixels and channels of binary cross-entropy, −t·log σ(z) − (1 − t)·log(1 − σ(z)), computed as
 * softplus(z) − t·z.
 *
 * @param z logits [N, C, H, W], `probabilities` their sigmoids
 * @param weight w [N, 1, H, W]
 * @param weighted w·t [N, C, H, W]
 */
export function binaryCrossEntropy(
  graph: TensorGraph,
  z: Tensor,
  probabilities: Tensor,
  weight: Tensor,
  weighted: Tensor,
): LossTerm {
  const inverse = graph.scale(inverseSum(graph, weight), 1 / z.shape[1]!);
  const likelihood = graph.subtract(graph.multiply(softplus(graph, z), weight), graph.multiply(weighted, z));
  const difference = graph.subtract(graph.multiply(probabilities, weight), weighted);
  return {
    value: graph.multiply(totalSum(graph, likelihood), inverse),
    gradient: graph.multiply(difference, inverse),
  };
}

/** log(1 + eᶻ) = max(z, 0) + log(1 + e^−|z|), which never overflows. */
function softplus(graph: TensorGraph, z: Tensor): Tensor {
  const tail = graph.log(graph.addScalar(graph.exp(graph.negate(graph.abs(z))), 1));
  return graph.add(graph.relu(z), tail);
}
