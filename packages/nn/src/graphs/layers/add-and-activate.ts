import type { Activation } from '../network/network-operators.ts';
import type { Tensor } from '../tensor-graph.ts';
import { activate, activationGradient } from './activation.ts';
import type { LayerContext } from './layer-context.ts';

/** The end of a residual block. */
export function addAndActivate(context: LayerContext, a: Tensor, b: Tensor, activation: Activation): Tensor {
  const { graph, tape } = context;
  graph.scope('residual');
  const z = graph.add(a, b);
  const y = activate(graph, z, activation);
  tape.record('residual', y, (dy) => {
    const dz = activationGradient(graph, activation, dy, y, () => z);
    tape.addGradient(a, dz);
    tape.addGradient(b, dz);
  });
  return y;
}
