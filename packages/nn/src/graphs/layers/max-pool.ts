import type { Tensor } from '../tensor-graph.ts';
import type { LayerContext } from './layer-context.ts';

/**
 * 2×2 maxima. Where several values tie for the maximum they share the gradient equally: a rule that, unlike "the first
 * one", depends on no order of memory, and that keeps the gradient's sum. (PyTorch gives it all to the first.)
 */
export function maxPool(context: LayerContext, x: Tensor): Tensor {
  const { graph, tape, kernels } = context;
  graph.scope('pool');
  const y = kernels.maxPool(x);
  tape.record('pool', y, (dy) => {
    const isLargest = graph.notNegative(graph.subtract(x, kernels.upsampleNearest(y)));
    const shared = graph.divide(dy, kernels.sumPool(isLargest));
    tape.addGradient(x, graph.multiply(kernels.upsampleNearest(shared), isLargest));
  });
  return y;
}
