import type { NetworkParameter } from '../network/network-layout.ts';
import type { ConvolutionSpec, HeadSpec } from '../network/network-operators.ts';
import type { Tensor } from '../tensor-graph.ts';

/** Where a parameter's numbers lie in its part of the stored vector. */
export interface ParameterStorage {
  /** Floats of the part; more than the parameter has where it is padded. */
  readonly size: number;
  /** Place in the part of number i of the parameter in portable order. */
  place(i: number): number;
}

/** Per-channel factors: [channels] for all images alike, or [images, channels]. */
export type ChannelFactors = Tensor;

export interface ScaleShiftOptions {
  readonly shift?: ChannelFactors;
  /** Added after scale and shift. */
  readonly addend?: Tensor;
  readonly relu?: boolean;
}

/** A convolution of nearest-upsampled features x that never makes them. */
export interface UpsampledConvolution {
  convolve(weight: Tensor): Tensor;
  gradients(weight: Tensor, dy: Tensor): { readonly x: Tensor; readonly weight: Tensor };
}

/**
 * The operators that differ between lowerings; layers put them together. Features have the shape [N, C, H, W] by name,
 * but how a lowering lays them out in memory is its own affair: nothing but these kernels, elementwise operators of
 * equal shapes, and `toPlain` may touch them. Weights and their gradients are flat, in the lowering's stored order.
 */
export interface Kernels {
  storage(parameter: NetworkParameter): ParameterStorage;

  convolve(x: Tensor, weight: Tensor, spec: ConvolutionSpec): Tensor;
  convolveInputGradient(dy: Tensor, weight: Tensor, spec: ConvolutionSpec, x: Tensor): Tensor;
  convolveWeightGradient(x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor;

  /** Mean over height and width: [N, C]. */
  channelMean(x: Tensor): Tensor;
  /** Mean of x·y over height and width: [N, C]. */
  channelMeanOfProduct(x: Tensor, y: Tensor): Tensor;
  /** scale·x + shift + addend, then perhaps ReLU. */
  scaleShift(x: Tensor, scale: ChannelFactors, options?: ScaleShiftOptions): Tensor;

  /** 2×2 maxima, stride 2. */
  maxPool(x: Tensor): Tensor;
  /** Each value four times. */
  upsampleNearest(x: Tensor): Tensor;
  /** Sum of each 2×2 window: the way back of `upsampleNearest`. */
  sumPool(x: Tensor): Tensor;
  /** Twice the size, half-pixel centres, edges repeated. */
  upsampleBilinear(x: Tensor): Tensor;
  upsampleBilinearGradient(dy: Tensor): Tensor;

  /** Undefined where upsampling and convolving is as good or the only way. */
  upsampledConvolution(x: Tensor, spec: ConvolutionSpec): UpsampledConvolution | undefined;

  concatenate(a: Tensor, b: Tensor): Tensor;
  /** The first `channels` channels, and the rest. */
  separate(x: Tensor, channels: number): [Tensor, Tensor];

  /** 1×1 convolution with bias to plain NCHW logits. */
  head(x: Tensor, weight: Tensor, bias: Tensor, spec: HeadSpec): Tensor;
  /** From the plain gradient of the logits. */
  headGradients(
    x: Tensor,
    weight: Tensor,
    dLogits: Tensor,
    spec: HeadSpec,
  ): { readonly x: Tensor; readonly weight: Tensor; readonly bias: Tensor };
}
