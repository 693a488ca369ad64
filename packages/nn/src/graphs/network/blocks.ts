import type { UNetOptions } from '../../contracts.ts';
import type { ConvolutionUnit, NetworkOperators } from './network-operators.ts';

interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

interface UnitOptions {
  readonly kernel?: number;
  readonly depthwise?: boolean;
  readonly activate?: boolean;
}

const normGroups = 8;

/** Convolution 3×3 (or as asked), norm, activation. */
export function unitOf(
  options: UNetOptions,
  { name, inputs, outputs }: Layer,
  { kernel = 3, depthwise = false, activate = true }: UnitOptions = {},
): ConvolutionUnit {
  return {
    convolution: { name: `${name}.conv`, inputs, outputs, kernel, stride: 1, depthwise },
    norm: { name: `${name}.norm`, channels: outputs, kind: options.norm, groups: normGroups },
    activation: activate ? options.activation : undefined,
  };
}

/** The two convolutions of a level, in the way that the options ask for. */
export function block<F>(operators: NetworkOperators<F>, options: UNetOptions, x: F, layer: Layer): F {
  const { name, inputs, outputs } = layer;
  const unit = (y: F, each: Layer, how?: UnitOptions): F => operators.unit(y, unitOf(options, each, how));
  if (options.block === 'residual') {
    const first = unit(x, { name: `${name}.0`, inputs, outputs });
    const second = unit(first, { name: `${name}.1`, inputs: outputs, outputs }, { activate: false });
    const narrow = { kernel: 1, activate: false };
    const shortcut = inputs === outputs ? x : unit(x, { name: `${name}.shortcut`, inputs, outputs }, narrow);
    return operators.addAndActivate(second, shortcut, options.activation);
  }
  // Depthwise 3×3, then pointwise 1×1 (MobileNet, Howard et al. 2017).
  const separable = (y: F, each: Layer): F => {
    const spread = { name: `${each.name}.depthwise`, inputs: each.inputs, outputs: each.inputs };
    const mix = { ...each, name: `${each.name}.pointwise` };
    return unit(unit(y, spread, { depthwise: true }), mix, { kernel: 1 });
  };
  const layers = [
    { name: `${name}.0`, inputs, outputs },
    { name: `${name}.1`, inputs: outputs, outputs },
  ];
  // A picture's one or three channels are too few to be looked at one by one.
  return layers.reduce(
    (y, each) =>
      options.block === 'depthwise' && each.inputs !== options.inputChannels
        ? separable(y, each)
        : unit(y, each),
    x,
  );
}
