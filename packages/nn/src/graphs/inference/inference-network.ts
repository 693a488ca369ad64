import type { UNetOptions } from '../../contracts.ts';
import type {
  Activation,
  ConvolutionSpec,
  ConvolutionUnit,
  HeadSpec,
  NetworkOperators,
  NormSpec,
} from '../network/network-operators.ts';
import { normEpsilon } from '../network/network-operators.ts';
import type { Attributes, GraphBuilder } from '../onnx/graph-builder.ts';
import { type FoldedConvolution, foldedConvolution } from './folded-convolution.ts';
import type { TrainedTensors } from './trained-tensors.ts';

/** Builds a trained network for pictures of any size: values go by name, weights are constants. */
export class InferenceNetwork implements NetworkOperators<string> {
  private readonly builder: GraphBuilder;
  private readonly tensors: TrainedTensors;

  constructor(builder: GraphBuilder, tensors: TrainedTensors) {
    this.builder = builder;
    this.tensors = tensors;
  }

  unit(x: string, { convolution, norm, activation }: ConvolutionUnit): string {
    this.builder.scope = convolution.name;
    if (norm.kind === 'batch') {
      const folded = foldedConvolution(this.tensors, convolution, norm);
      return this.activate(this.convolve(x, convolution, folded), activation);
    }
    const weight = { weight: this.tensors.parameter(`${convolution.name}.weight`), bias: undefined };
    return this.activate(this.groupNorm(this.convolve(x, convolution, weight), norm), activation);
  }

  addAndActivate(a: string, b: string, activation: Activation): string {
    return this.activate(this.apply('Add', [a, b]), activation);
  }

  maxPool(x: string): string {
    return this.apply('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
  }

  upsampledUnit(x: string, mode: UNetOptions['upsample'], unit: ConvolutionUnit): string {
    this.builder.scope = 'upsample';
    return this.unit(this.upsample(x, mode), unit);
  }

  private upsample(x: string, mode: UNetOptions['upsample']): string {
    const scales = this.builder.floats(Float32Array.of(1, 1, 2, 2), [4]);
    const attributes =
      mode === 'nearest'
        ? { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
        : { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
    return this.apply('Resize', [x, '', scales], attributes);
  }

  concatenate(a: string, b: string): string {
    return this.apply('Concat', [a, b], { axis: 1 });
  }

  head(x: string, { name, inputs, outputs }: HeadSpec): string {
    this.builder.scope = name;
    const weight = this.builder.floats(this.tensors.parameter(`${name}.weight`), [outputs, inputs, 1, 1]);
    const bias = this.builder.floats(this.tensors.parameter(`${name}.bias`), [outputs]);
    return this.apply('Conv', [x, weight, bias], { kernel_shape: [1, 1] });
  }

  private convolve(x: string, spec: ConvolutionSpec, { weight, bias }: FoldedConvolution): string {
    const { inputs, outputs, kernel, stride, depthwise } = spec;
    const margin = (kernel - 1) / 2;
    const shape = [outputs, depthwise ? 1 : inputs, kernel, kernel];
    const constants = [this.builder.floats(weight, shape)];
    if (bias) constants.push(this.builder.floats(bias, [outputs]));
    return this.apply('Conv', [x, ...constants], {
      kernel_shape: [kernel, kernel],
      pads: [margin, margin, margin, margin],
      strides: [stride, stride],
      group: depthwise ? inputs : 1,
    });
  }

  private activate(x: string, activation: Activation | undefined): string {
    if (activation === undefined) return x;
    return activation === 'relu'
      ? this.apply('Relu', [x])
      : this.apply('Mul', [x, this.apply('Sigmoid', [x])]);
  }

  /** As instance norm over [N, groups, all the rest], then scale and shift. */
  private groupNorm(x: string, { name, channels, groups }: NormSpec): string {
    const shape = this.apply('Shape', [x]);
    const grouped = this.apply('Reshape', [x, this.builder.integers([0, groups, -1])]);
    const ones = this.builder.floats(new Float32Array(groups).fill(1), [groups]);
    const zeros = this.builder.floats(new Float32Array(groups), [groups]);
    const attributes = { epsilon: { float: normEpsilon } };
    const normalised = this.apply('InstanceNormalization', [grouped, ones, zeros], attributes);
    const back = this.apply('Reshape', [normalised, shape]);
    const factor = (part: string): string =>
      this.builder.floats(this.tensors.parameter(`${name}.${part}`), [channels, 1, 1]);
    return this.apply('Add', [this.apply('Mul', [back, factor('weight')]), factor('bias')]);
  }

  private apply(type: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const [output = ''] = this.builder.node(type, inputs, { attributes });
    return output;
  }
}
