import type { UNetOptions } from '../../contracts.ts';
import type { Activation, NetworkOperators } from './network-operators.ts';

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
export function unit<F>(
  operators: NetworkOperators<F>,
  options: UNetOptions,
  x: F,
  { name, inputs, outputs }: Layer,
  { kernel = 3, depthwise = false, activate = true }: UnitOptions = {},
): F {
  const activation: Activation | undefined = activate ? options.activation : undefined;
  return operators.unit(x, {
    convolution: { name: `${name}.conv`, inputs, outputs, kernel, stride: 1, depthwise },
    norm: { name: `${name}.norm`, channels: outputs, kind: options.norm, groups: normGroups },
    activation,
  });
}

/** The two convolutions of a level, in the way that the options ask for. */
export function block<F>(operators: NetworkOperators<F>, options: UNetOptions, x: F, layer: Layer): F {
  const { name, inputs, outputs } = layer;
  if (options.block === 'residual') {
    const first = unit(operators, options, x, { name: `${name}.0`, inputs, outputs });
    const second = unit(
      operators,
      options,
      first,
      { name: `${name}.1`, inputs: outputs, outputs },
      { activate: false },
    );
    const shortcut =
      inputs === outputs
        ? x
        : unit(
            operators,
            options,
            x,
            { name: `${name}.shortcut`, inputs, outputs },
            { kernel: 1, activate: false },
          );
    return operators.addAndActivate(second, shortcut, options.activation);
  }
  const layers = [
    { name: `${name}.0`, inputs, outputs },
    { name: `${name}.1`, inputs: outputs, outputs },
  ];
  return layers.reduce(
    (y, each) =>
      // A picture's one or three channels are too few to be looked at one by one.
      options.block === 'depthwise' && each.inputs !== options.inputChannels
        ? separable(operators, options, y, each)
        : unit(operators, options, y, each),
    x,
  );
}

/** Depthwise 3×3, then pointwise 1×1, each with norm and activation (MobileNet, Howard et al. 2017). */
function separable<F>(operators: NetworkOperators<F>, options: UNetOptions, x: F, layer: Layer): F {
  const { name, inputs, outputs } = layer;
  const spread = unit(
    operators,
    options,
    x,
    { name: `${name}.depthwise`, inputs, outputs: inputs },
    { depthwise: true },
  );
  return unit(operators, options, spread, { name: `${name}.pointwise`, inputs, outputs }, { kernel: 1 });
}
