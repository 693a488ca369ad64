import { CellMixerError } from '@cellmixer/errors';
import type { TensorGraph } from '../../tensor-graph.ts';
import { PortableKernels } from '../portable/portable-kernels.ts';
export class BlockedKernels extends PortableKernels {
  constructor(graph: TensorGraph, _blockSize: number) {
    super(graph);
    throw new CellMixerError('GRAPH_INVALID', 'The blocked lowering is not built yet.');
  }
}
