import type { Tensor } from '../tensor-graph.ts';
import type { LayerContext } from './layer-context.ts';

/** The channels of both. */
export function concatenate(context: LayerContext, a: Tensor, b: Tensor): Tensor {
  const { graph, tape, kernels } = context;
  graph.scope('join');
  const y = kernels.concatenate(a, b);
  tape.record('join', y, (dy) => {
    const [da, db] = kernels.separate(dy, a.shape[1]!);
    tape.addGradient(a, da);
    tape.addGradient(b, db);
  });
  return y;
}
