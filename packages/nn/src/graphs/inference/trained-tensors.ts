import { CellMixerError } from '@cellmixer/errors';
import type { TrainedNetwork } from '../../contracts.ts';
import { networkLayout, type RecordedLayout } from '../network/network-layout.ts';

/** The tensors of a trained network by name. */
export class TrainedTensors {
  private readonly trained: TrainedNetwork;
  private readonly layout: RecordedLayout;

  constructor(trained: TrainedNetwork) {
    this.trained = trained;
    this.layout = networkLayout(trained.network);
    const { parameterCount, statisticsCount } = this.layout;
    if (trained.parameters.length !== parameterCount || trained.statistics.length !== statisticsCount) {
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `The network has ${parameterCount} parameters and ${statisticsCount} statistics, ` +
          `but ${trained.parameters.length} and ${trained.statistics.length} were given.`,
      );
    }
  }

  parameter(name: string): Float32Array {
    const found = this.layout.parameters.find((parameter) => parameter.name === name);
    if (!found) throw new CellMixerError('GRAPH_INVALID', `The network has no parameter "${name}".`);
    return this.trained.parameters.slice(found.offset, found.offset + found.size);
  }

  /** Mean and variance of each channel of a batch norm. */
  statistics(norm: string): { mean: Float32Array; variance: Float32Array } {
    const found = this.layout.norms.find(({ name }) => name === norm);
    if (!found) throw new CellMixerError('GRAPH_INVALID', `The network has no batch norm "${norm}".`);
    const { offset, channels } = found;
    const { statistics } = this.trained;
    return {
      mean: statistics.slice(offset, offset + channels),
      variance: statistics.slice(offset + channels, offset + 2 * channels),
    };
  }
}
