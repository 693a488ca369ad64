import { CellMixerError } from '@cellmixer/errors';
import type { NetworkLayout, NormStatistics, ParameterTensor, UNetOptions } from '../../contracts.ts';
import { elementCount } from '../shapes.ts';
import {
  type ConvolutionSpec,
  type ConvolutionUnit,
  convolutionWeight,
  type HeadSpec,
  type NetworkOperators,
} from './network-operators.ts';
import { unet } from './unet.ts';

/** What a parameter does, and so how a lowering stores it and where it starts. */
export type ParameterRole =
  | { readonly kind: 'convolution'; readonly spec: ConvolutionSpec }
  | { readonly kind: 'normScale' }
  | { readonly kind: 'normShift' }
  | { readonly kind: 'headWeight'; readonly spec: HeadSpec }
  | { readonly kind: 'headBias'; readonly spec: HeadSpec };

export interface NetworkParameter extends ParameterTensor {
  readonly role: ParameterRole;
}

export interface RecordedLayout extends NetworkLayout {
  readonly parameters: readonly NetworkParameter[];
}

/**
 * The parameters of a network in the order in which it meets them, each in PyTorch's layout
 * (convolutions [out, in, kernel, kernel]), and its norms.
 */
export function networkLayout(options: UNetOptions): RecordedLayout {
  checkOptions(options);
  const recorder = new LayoutRecorder();
  unet(recorder, options, null);
  return recorder.layout();
}

/** Runs through a network without computing anything and notes what it is made of. */
class LayoutRecorder implements NetworkOperators<null> {
  private readonly parameters: NetworkParameter[] = [];
  private readonly norms: NormStatistics[] = [];
  private parameterCount = 0;
  private statisticsCount = 0;

  unit(_x: null, { convolution, norm }: ConvolutionUnit): null {
    const { inputs, outputs, kernel, depthwise } = convolution;
    const shape = [outputs, depthwise ? 1 : inputs, kernel, kernel];
    this.add(convolutionWeight(convolution), shape, { kind: 'convolution', spec: convolution });
    this.add(`${norm.name}.weight`, [norm.channels], { kind: 'normScale' });
    this.add(`${norm.name}.bias`, [norm.channels], { kind: 'normShift' });
    if (norm.kind === 'batch') {
      this.norms.push({ name: norm.name, channels: norm.channels, offset: this.statisticsCount });
      this.statisticsCount += 2 * norm.channels;
    }
    return null;
  }

  head(_x: null, head: HeadSpec): null {
    this.add(`${head.name}.weight`, [head.outputs, head.inputs, 1, 1], { kind: 'headWeight', spec: head });
    this.add(`${head.name}.bias`, [head.outputs], { kind: 'headBias', spec: head });
    return null;
  }

  addAndActivate = (): null => null;
  maxPool = (): null => null;
  upsampledUnit = (x: null, _mode: UNetOptions['upsample'], unit: ConvolutionUnit): null =>
    this.unit(x, unit);
  concatenate = (): null => null;

  layout(): RecordedLayout {
    const { parameters, norms, parameterCount, statisticsCount } = this;
    return { parameters, norms, parameterCount, statisticsCount };
  }

  private add(name: string, shape: readonly number[], role: ParameterRole): void {
    const size = elementCount(shape);
    const decay = role.kind === 'convolution' || role.kind === 'headWeight';
    this.parameters.push({ name, shape, offset: this.parameterCount, size, decay, role });
    this.parameterCount += size;
  }
}

function checkOptions(options: UNetOptions): void {
  const { inputChannels, types, width, levels } = options;
  const check = (name: string, value: number, low: number, high: number): void => {
    if (Number.isInteger(value) && value >= low && value <= high) return;
    throw new CellMixerError(
      'GRAPH_INVALID',
      `${name} is ${value}; it must be an integer of ${low}…${high}.`,
    );
  };
  check('inputChannels', inputChannels, 1, 64);
  check('types', types, 1, 64);
  check('width', width, 8, 512);
  check('levels', levels, 2, 6);
  if (width % 8 !== 0) {
    throw new CellMixerError('GRAPH_INVALID', `width is ${width}; it must be a multiple of 8.`);
  }
}
