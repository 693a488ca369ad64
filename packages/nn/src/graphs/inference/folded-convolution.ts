import {
  type ConvolutionSpec,
  convolutionWeight,
  type NormSpec,
  normEpsilon,
} from '../network/network-operators.ts';
import type { TrainedTensors } from './trained-tensors.ts';

export interface FoldedConvolution {
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
}

/** A convolution that does its batch norm's work: weights times γ / √(var + ε), bias β − mean · γ / √(var + ε). */
export function foldedConvolution(
  tensors: TrainedTensors,
  spec: ConvolutionSpec,
  norm: NormSpec,
): FoldedConvolution {
  const weight = tensors.parameter(convolutionWeight(spec));
  const gamma = tensors.parameter(`${norm.name}.weight`);
  const bias = tensors.parameter(`${norm.name}.bias`);
  const { mean, variance } = tensors.statistics(norm.name);
  const filterSize = weight.length / spec.outputs;
  for (let channel = 0; channel < spec.outputs; channel++) {
    const scale = gamma[channel]! / Math.sqrt(variance[channel]! + normEpsilon);
    bias[channel] = bias[channel]! - mean[channel]! * scale;
    for (let i = 0; i < filterSize; i++) {
      const at = channel * filterSize + i;
      weight[at] = weight[at]! * scale;
    }
  }
  return { weight, bias };
}
