import type { UNetOptions } from '../../contracts.ts';
import { type ConvolutionSpec, convolutionWeight } from '../network/network-operators.ts';
import type { Tensor } from '../tensor-graph.ts';
import { convolution } from './convolution.ts';
import type { LayerContext } from './layer-context.ts';
import { upsample } from './upsample.ts';

/** A convolution of features brought to twice their size; in one where the lowering knows how. */
export function upsampledConvolution(
  context: LayerContext,
  x: Tensor,
  mode: UNetOptions['upsample'],
  spec: ConvolutionSpec,
): Tensor {
  const { graph, tape, kernels } = context;
  const fused = mode === 'nearest' ? kernels.upsampledConvolution(x, spec) : undefined;
  if (!fused) return convolution(context, upsample(context, x, mode), spec, false);
  const name = convolutionWeight(spec);
  const weight = context.parameter(name);
  graph.scope(spec.name);
  const y = fused.convolve(weight);
  tape.record(spec.name, y, (dy) => {
    const gradients = fused.gradients(weight, dy);
    tape.setParameterGradient(name, gradients.weight);
    tape.addGradient(x, gradients.x);
  });
  return y;
}
