import type { Kernels } from '../kernels/kernels.ts';
import type { Tape } from '../tape.ts';
import type { Tensor, TensorGraph } from '../tensor-graph.ts';

/** What a layer needs to build its way forward and note its way back. */
export interface LayerContext {
  readonly graph: TensorGraph;
  readonly tape: Tape;
  readonly kernels: Kernels;
  /** The flat tensor, in stored order, of a parameter. */
  parameter(name: string): Tensor;
  /** Takes a norm's statistics over the group: [channels] means and mean squares. */
  reportStatistics(norm: string, mean: Tensor, meanSquare: Tensor): void;
}
