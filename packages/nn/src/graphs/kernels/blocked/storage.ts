import type { NetworkParameter } from '../../network/network-layout.ts';
import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { ParameterStorage } from '../kernels.ts';

/** Convolution weights lie as their operators want them, so that no step begins by rearranging them. */
export function blockedStorage({ role, size }: NetworkParameter, block: number): ParameterStorage {
  switch (role.kind) {
    case 'convolution':
      if (role.spec.depthwise) return depthwise(role.spec, size, block);
      return role.spec.inputs < block ? fromPicture(role.spec, size, block) : dense(role.spec, size, block);
    case 'headWeight': {
      const { inputs, outputs } = role.spec;
      return dense(
        { inputs, outputs: padded(outputs, block), kernel: 1 },
        inputs * padded(outputs, block),
        block,
      );
    }
    case 'headBias':
      return { size: padded(role.spec.outputs, block), place: (i) => i };
    default:
      return { size, place: (i) => i };
  }
}

/** The outputs of a head, filled up to whole blocks. */
export function padded(outputs: number, block: number): number {
  return Math.ceil(outputs / block) * block;
}

type Filters = Pick<ConvolutionSpec, 'inputs' | 'outputs' | 'kernel'>;

/** [O/B, I/B, kernel², B of I, B of O] (OIHWBiBo). */
function dense({ inputs, kernel }: Filters, size: number, block: number): ParameterStorage {
  const taps = kernel * kernel;
  return {
    size,
    place: (i) => {
      const tap = i % taps;
      const input = Math.floor(i / taps) % inputs;
      const output = Math.floor(i / (taps * inputs));
      const group = Math.floor(output / block) * (inputs / block) + Math.floor(input / block);
      return ((group * taps + tap) * block + (input % block)) * block + (output % block);
    },
  };
}

/** [O/B, I, kernel², B of O] (OIHWBo): reads the plain picture. */
function fromPicture({ inputs, kernel }: Filters, size: number, block: number): ParameterStorage {
  const taps = kernel * kernel;
  return {
    size,
    place: (i) => {
      const within = i % (taps * inputs);
      const output = Math.floor(i / (taps * inputs));
      return (Math.floor(output / block) * taps * inputs + within) * block + (output % block);
    },
  };
}

/** [C/B, kernel², B]. */
function depthwise({ kernel }: Filters, size: number, block: number): ParameterStorage {
  const taps = kernel * kernel;
  return {
    size,
    place: (i) => {
      const channel = Math.floor(i / taps);
      return (Math.floor(channel / block) * taps + (i % taps)) * block + (channel % block);
    },
  };
}
