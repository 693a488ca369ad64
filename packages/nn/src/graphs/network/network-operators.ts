import type { UNetOptions } from '../../contracts.ts';

/** A square convolution of odd kernel with "same" padding and no bias. */
export interface ConvolutionSpec {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  /** One filter per channel (inputs = outputs) instead of all to all. */
  readonly depthwise: boolean;
}

/** A norm over `channels`: over the whole batch of images, or over `groups` of channels of one image. */
export interface NormSpec {
  readonly name: string;
  readonly channels: number;
  readonly kind: UNetOptions['norm'];
  readonly groups: number;
}

export type Activation = UNetOptions['activation'];

/** Convolution, norm, activation: the unit of which networks are made. */
export interface ConvolutionUnit {
  readonly convolution: ConvolutionSpec;
  readonly norm: NormSpec;
  readonly activation: Activation | undefined;
}

/** A 1×1 convolution with bias to logits. */
export interface HeadSpec {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * What a network is written against. One implementation records the parameters, one builds training graphs and one
 * inference graphs, so that the topology is said once.
 */
export interface NetworkOperators<Features> {
  unit(x: Features, unit: ConvolutionUnit): Features;
  addAndActivate(a: Features, b: Features, activation: Activation): Features;
  /** 2×2 maxima, stride 2. */
  maxPool(x: Features): Features;
  /** The unit over features of twice the height and width. */
  upsampledUnit(x: Features, mode: UNetOptions['upsample'], unit: ConvolutionUnit): Features;
  concatenate(a: Features, b: Features): Features;
  head(x: Features, head: HeadSpec): Features;
}

/** How small a norm's variance may be. */
export const normEpsilon = 1e-5;

export function convolutionWeight(spec: ConvolutionSpec): string {
  return `${spec.name}.weight`;
}
