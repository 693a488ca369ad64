/** Which operators the gradient graph may use. */
export type Lowering = 'portable' | 'blocked';

/** Where a graph runs. `auto` takes the first that works of cuda, webgpu, cpu. */
export type Provider = 'cpu' | 'webgpu' | 'cuda' | 'auto';

/** A U-Net with two heads: foreground (one sigmoid) and type (softmax over types, or one sigmoid per type). */
export interface UNetOptions {
  /** Channels of the picture. */
  readonly inputChannels: number;
  /** Number of cell types K ≥ 1; background is not one of them. */
  readonly types: number;
  /** Channels at full resolution; doubled at each level. A multiple of 16 for the blocked lowering. */
  readonly width: number;
  /** Resolutions, 2…6; 4 by default. Sides of the picture must be multiples of 2^(levels − 1). */
  readonly levels: number;
  readonly typeHead: 'softmax' | 'sigmoid';
  readonly norm: 'batch' | 'group';
  readonly activation: 'relu' | 'silu';
  readonly block: 'plain' | 'residual' | 'depthwise';
  readonly upsample: 'nearest' | 'bilinear';
  /** Extra heads at ½ and ¼ of the resolution while training. */
  readonly deepSupervision: boolean;
}

export interface LossOptions {
  /** Weights of the parts; 1 by default. */
  readonly foreground: number;
  readonly type: number;
  readonly dice: number;
  /** Weights of the heads at ½ and ¼ resolution relative to the full one. */
  readonly deepSupervision: readonly [number, number];
}

/** One named tensor in the flat parameter vector, portable (PyTorch) order. */
export interface ParameterTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Offset into the flat portable vector, in floats. */
  readonly offset: number;
  readonly size: number;
  /** Whether weight decay applies (convolution weights: yes; norms and biases: no). */
  readonly decay: boolean;
}

/** One norm layer's statistics in the flat statistics vector: `channels` means, then `channels` mean squares. */
export interface NormStatistics {
  readonly name: string;
  readonly channels: number;
  readonly offset: number;
}

export interface NetworkLayout {
  readonly parameters: readonly ParameterTensor[];
  /** Floats in the flat parameter vector. */
  readonly parameterCount: number;
  readonly norms: readonly NormStatistics[];
  /** Floats in the flat statistics vector (0 for group norm). */
  readonly statisticsCount: number;
}

/**
 * The graph of one lane's unit: gradients of the mean loss over one group of images.
 *
 * Inputs: `parameters` [storedSize], `images` [G,C,H,W], `foreground` [G,1,H,W] in 0…1,
 * `types` [G,K,H,W] soft targets, `weight` [G,1,H,W] ≥ 0 (0 ignores a pixel). The type loss is weighted by
 * `weight × foreground`.
 * Outputs: `gradients` [storedSize], `statistics` [statisticsCount], `losses` [4]: the total
 * over all heads, then foreground, type and dice of the full-resolution head, each before its weight.
 */
export interface GradientGraph {
  readonly model: Uint8Array;
  readonly lowering: Lowering;
  readonly group: number;
  readonly height: number;
  readonly width: number;
  readonly layout: NetworkLayout;
  /** Floats of the parameter vector in the graph's own order (blocked order may pad). */
  readonly storedSize: number;
  toStored(portable: Float32Array): Float32Array;
  fromStored(stored: Float32Array): Float32Array;
}

export interface GradientGraphOptions {
  readonly network: UNetOptions;
  readonly loss: LossOptions;
  readonly lowering: Lowering;
  /** Images of a group: the unit of batch norm. */
  readonly group: number;
  readonly height: number;
  readonly width: number;
  /** Channels of a block of the blocked lowering (8 or 16), from the probe. */
  readonly blockSize?: number;
}

/**
 * AdamW with decoupled decay, global-norm clipping and averaged weights over the whole stored vector.
 *
 * Inputs: `parameters`, `first`, `second`, `average` [storedSize], `gradients` [groups, storedSize],
 * `decayMask` [storedSize] (0 or 1), scalars `learningRate`, `correction1` = 1−β₁ᵗ, `correction2` = 1−β₂ᵗ,
 * `averageDecay`.
 * Outputs: `newParameters`, `newFirst`, `newSecond`, `newAverage`, `gradientNorm` (before clipping).
 */
export interface UpdateGraphOptions {
  readonly storedSize: number;
  readonly groups: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
}

/** A batch from the host: N images, N a multiple of the group. Layouts as in {@link GradientGraph}. */
export interface TrainingBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly images: Float32Array;
  readonly foreground: Float32Array;
  readonly types: Float32Array;
  readonly weight: Float32Array;
}

export interface StepResult {
  readonly step: number;
  readonly loss: number;
  readonly foregroundLoss: number;
  readonly typeLoss: number;
  readonly diceLoss: number;
  readonly gradientNorm: number;
}

export interface TrainerOptions {
  readonly network: UNetOptions;
  readonly loss?: Partial<LossOptions>;
  readonly batch: number;
  readonly group: number;
  readonly height: number;
  readonly width: number;
  readonly seed: number;
  readonly provider?: Provider;
  /** Worker threads; as many as cores by default, never more than groups. */
  readonly lanes?: number;
  readonly lowering?: Lowering | 'auto';
  readonly weightDecay?: number;
  readonly clipNorm?: number;
  /** Share of foreground pixels, for the prior-initialised bias of the foreground head. */
  readonly foregroundPrior?: number;
}

/** Everything that is needed to go on bitwise equally; vectors in portable order. */
export interface TrainerState {
  readonly step: number;
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly average: Float32Array;
}

/** Parameters with the norm statistics that go with them: what a model is made of. */
export interface TrainedNetwork {
  readonly network: UNetOptions;
  readonly parameters: Float32Array;
  /** Per norm: means, then variances (not mean squares). */
  readonly statistics: Float32Array;
}

export interface Trainer {
  readonly step: number;
  readonly lowering: Lowering;
  readonly provider: Exclude<Provider, 'auto'>;
  readonly lanes: number;
  readonly layout: NetworkLayout;
  /** One optimiser step. The averaged weights use decay min(0.999, (1+t)/(10+t)). */
  trainStep(batch: TrainingBatch, learningRate: number): Promise<StepResult>;
  /** The averaged network, its norm statistics measured anew over the given batches. */
  averagedNetwork(batches: readonly TrainingBatch[]): Promise<TrainedNetwork>;
  state(): Promise<TrainerState>;
  restore(state: TrainerState): Promise<void>;
  close(): Promise<void>;
}

export interface Predictions {
  /** [N,1,H,W], probability of foreground. */
  readonly foreground: Float32Array;
  /** [N,K,H,W], probability of each type given foreground. */
  readonly types: Float32Array;
}

/** An exported network that is ready to run. */
export interface Model {
  readonly inputChannels: number;
  readonly types: number;
  /** Sides of what is given to `predict` must be multiples of this. */
  readonly multiple: number;
  readonly provider: Exclude<Provider, 'auto'>;
  /** Free key → text pairs stored in the ONNX file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** @param images [count,C,height,width]; copied, unless they lie in a SharedArrayBuffer: then they must stay as they are */
  predict(images: Float32Array, count: number, height: number, width: number): Promise<Predictions>;
  close(): Promise<void>;
}
