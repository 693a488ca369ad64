import { CellMixerError } from '@cellmixer/errors';
import type { Kernels, ParameterStorage } from './kernels/kernels.ts';
import type { NetworkParameter } from './network/network-layout.ts';
import type { Tape } from './tape.ts';
import type { Tensor, TensorGraph } from './tensor-graph.ts';

interface StoredParameter {
  readonly parameter: NetworkParameter;
  readonly storage: ParameterStorage;
  readonly offset: number;
}

/** All parameters of a network in one vector, in the order in which a lowering wants them. */
export class ParameterStore {
  readonly size: number;
  private readonly stored: readonly StoredParameter[];
  private readonly portableSize: number;

  constructor(parameters: readonly NetworkParameter[], kernels: Kernels) {
    let offset = 0;
    this.stored = parameters.map((parameter) => {
      const storage = kernels.storage(parameter);
      const placed = { parameter, storage, offset };
      offset += storage.size;
      return placed;
    });
    this.size = offset;
    this.portableSize = parameters.reduce((sum, { size }) => sum + size, 0);
  }

  /** The parts of the vector by the parameter's name. */
  split(graph: TensorGraph, vector: Tensor): Map<string, Tensor> {
    graph.scope('parameters');
    // Not one Split: WebGPU cannot bind that many outputs.
    return new Map(
      this.stored.map(({ parameter, storage, offset }) => [
        parameter.name,
        graph.slice(vector, offset, offset + storage.size, 0),
      ]),
    );
  }

  /** The gradients on the tape as one vector. */
  join(graph: TensorGraph, tape: Tape): Tensor {
    const parts = this.stored.map(({ parameter, storage }) => {
      const gradient = tape.parameterGradient(parameter.name);
      if (gradient?.shape[0] === storage.size) return gradient;
      throw new CellMixerError(
        'GRAPH_INVALID',
        `No gradient of ${storage.size} numbers reached ${parameter.name}.`,
      );
    });
    return graph.concat(parts, 0);
  }

  toStored(portable: Float32Array): Float32Array {
    this.checkLength(portable, this.portableSize);
    const vector = new Float32Array(this.size);
    for (const { parameter, storage, offset } of this.stored) {
      for (let i = 0; i < parameter.size; i++)
        vector[offset + storage.place(i)] = portable[parameter.offset + i]!;
    }
    return vector;
  }

  fromStored(vector: Float32Array): Float32Array {
    this.checkLength(vector, this.size);
    const portable = new Float32Array(this.portableSize);
    for (const { parameter, storage, offset } of this.stored) {
      for (let i = 0; i < parameter.size; i++)
        portable[parameter.offset + i] = vector[offset + storage.place(i)]!;
    }
    return portable;
  }

  private checkLength(vector: Float32Array, expected: number): void {
    if (vector.length === expected) return;
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `The vector has ${vector.length} numbers; the network has ${expected}.`,
    );
  }
}
