import type { NetworkParameter } from '../../network/network-layout.ts';
import type { ConvolutionSpec, HeadSpec } from '../../network/network-operators.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';
import type { ChannelFactors, Kernels, ParameterStorage, ScaleShiftOptions } from '../kernels.ts';
import { convolve, convolveInputGradient } from './convolution.ts';
import { head, headGradients } from './head.ts';
import { sumPool, upsampleBilinear, upsampleBilinearGradient, upsampleNearest } from './resampling.ts';
import { scaleShift } from './scale-shift.ts';
import { convolveWeightGradient } from './weight-gradient.ts';

/** Plain NCHW with operators of ai.onnx alone: runs wherever ONNX runs, and is what the blocked kernels answer to. */
export class PortableKernels implements Kernels {
  private readonly graph: TensorGraph;

  constructor(graph: TensorGraph) {
    this.graph = graph;
  }

  storage({ size }: NetworkParameter): ParameterStorage {
    return { size, place: (i) => i };
  }

  convolve(x: Tensor, weight: Tensor, spec: ConvolutionSpec): Tensor {
    return convolve(this.graph, x, weight, spec);
  }

  convolveInputGradient(dy: Tensor, weight: Tensor, spec: ConvolutionSpec, x: Tensor): Tensor {
    return convolveInputGradient(this.graph, dy, weight, spec, x);
  }

  convolveWeightGradient(x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
    return convolveWeightGradient(this.graph, x, dy, spec);
  }

  channelMean(x: Tensor): Tensor {
    return this.graph.mean(x, [2, 3]);
  }

  channelMeanOfProduct(x: Tensor, y: Tensor): Tensor {
    return this.graph.mean(this.graph.multiply(x, y), [2, 3]);
  }

  scaleShift(x: Tensor, scale: ChannelFactors, options: ScaleShiftOptions = {}): Tensor {
    return scaleShift(this.graph, x, scale, options);
  }

  maxPool(x: Tensor): Tensor {
    const [n = 1, c = 1, h = 1, w = 1] = x.shape;
    return this.graph.apply('MaxPool', [x], [n, c, h / 2, w / 2], { kernel_shape: [2, 2], strides: [2, 2] });
  }

  upsampleNearest(x: Tensor): Tensor {
    return upsampleNearest(this.graph, x);
  }

  sumPool(x: Tensor): Tensor {
    return sumPool(this.graph, x);
  }

  upsampleBilinear(x: Tensor): Tensor {
    return upsampleBilinear(this.graph, x);
  }

  upsampleBilinearGradient(dy: Tensor): Tensor {
    return upsampleBilinearGradient(this.graph, dy);
  }

  upsampledConvolution(): undefined {
    return undefined;
  }

  concatenate(a: Tensor, b: Tensor): Tensor {
    return this.graph.concat([a, b], 1);
  }

  separate(x: Tensor, channels: number): [Tensor, Tensor] {
    const [first, rest] = this.graph.split(x, [channels, x.shape[1]! - channels], 1);
    return [first!, rest!];
  }

  head(x: Tensor, weight: Tensor, bias: Tensor, spec: HeadSpec): Tensor {
    return head(this.graph, x, weight, bias, spec);
  }

  headGradients(
    x: Tensor,
    weight: Tensor,
    dLogits: Tensor,
    spec: HeadSpec,
  ): { x: Tensor; weight: Tensor; bias: Tensor } {
    return headGradients(this.graph, x, weight, dLogits, spec);
  }
}
