import type { HeadSpec } from '../network/network-operators.ts';
import type { Tensor } from '../tensor-graph.ts';
import type { LayerContext } from './layer-context.ts';

/** Logits in plain NCHW, whatever the lowering, so that losses are written once. */
export function head(context: LayerContext, x: Tensor, spec: HeadSpec): Tensor {
  const { graph, tape, kernels } = context;
  graph.scope(spec.name);
  const weight = context.parameter(`${spec.name}.weight`);
  const logits = kernels.head(x, weight, context.parameter(`${spec.name}.bias`), spec);
  tape.record(spec.name, logits, (dLogits) => {
    const gradients = kernels.headGradients(x, weight, dLogits, spec);
    tape.setParameterGradient(`${spec.name}.weight`, gradients.weight);
    tape.setParameterGradient(`${spec.name}.bias`, gradients.bias);
    tape.addGradient(x, gradients.x);
  });
  return logits;
}
