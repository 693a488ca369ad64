import type { UNetOptions } from '../../contracts.ts';
import type { Tensor } from '../tensor-graph.ts';
import type { LayerContext } from './layer-context.ts';

export function upsample(context: LayerContext, x: Tensor, mode: UNetOptions['upsample']): Tensor {
  const { graph, tape, kernels } = context;
  graph.scope('upsample');
  const y = mode === 'nearest' ? kernels.upsampleNearest(x) : kernels.upsampleBilinear(x);
  tape.record('upsample', y, (dy) => {
    tape.addGradient(x, mode === 'nearest' ? kernels.sumPool(dy) : kernels.upsampleBilinearGradient(dy));
  });
  return y;
}
