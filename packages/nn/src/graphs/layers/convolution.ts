import { type ConvolutionSpec, convolutionWeight } from '../network/network-operators.ts';
import type { Tensor } from '../tensor-graph.ts';
import type { LayerContext } from './layer-context.ts';

/** `isImage`: nobody asks for the gradient of the network's input, so it is not computed. */
export function convolution(
  context: LayerContext,
  x: Tensor,
  spec: ConvolutionSpec,
  isImage: boolean,
): Tensor {
  const { graph, tape, kernels } = context;
  const name = convolutionWeight(spec);
  const weight = context.parameter(name);
  graph.scope(spec.name);
  const y = kernels.convolve(x, weight, spec);
  tape.record(spec.name, y, (dy) => {
    tape.setParameterGradient(name, kernels.convolveWeightGradient(x, dy, spec));
    if (!isImage) tape.addGradient(x, kernels.convolveInputGradient(dy, weight, spec, x));
  });
  return y;
}
