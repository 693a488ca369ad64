import type { Activation } from '../network/network-operators.ts';
import type { Tensor, TensorGraph } from '../tensor-graph.ts';

/** max(0, z), or z·σ(z) (SiLU; Elfwing et al. 2017). */
export function activate(graph: TensorGraph, z: Tensor, activation: Activation): Tensor {
  return activation === 'relu' ? graph.relu(z) : graph.multiply(z, graph.sigmoid(z));
}

/**
 * The gradient before the activation from the one after it. ReLU reads its mask off its own output, so that z need not
 * be kept; SiLU's slope is σ(z)·(1 + z·(1 − σ(z))) = σ + y·(1 − σ).
 */
export function activationGradient(
  graph: TensorGraph,
  activation: Activation,
  dy: Tensor,
  y: Tensor,
  z: () => Tensor,
): Tensor {
  if (activation === 'relu') return graph.multiply(dy, graph.positive(y));
  const sigmoid = graph.sigmoid(z());
  const rest = graph.subtract(graph.scalar(1), sigmoid);
  return graph.multiply(dy, graph.add(sigmoid, graph.multiply(y, rest)));
}
