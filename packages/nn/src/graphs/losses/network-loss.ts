import type { LossOptions, UNetOptions } from '../../contracts.ts';
import type { LayerContext } from '../layers/layer-context.ts';
import type { Tensor } from '../tensor-graph.ts';
import { headLoss } from './head-loss.ts';
import { halveTargets, type Targets } from './targets.ts';

/**
 * The loss over all heads, the full resolution first. Gives [4]: the total over heads, then the parts (unweighted) of
 * the full-resolution head. The gradients of the logits go onto the tape.
 */
export function networkLoss(
  { graph, tape }: LayerContext,
  heads: readonly Tensor[],
  full: Targets,
  typeHead: UNetOptions['typeHead'],
  options: LossOptions,
): Tensor {
  const headWeights = [1, ...options.deepSupervision];
  let targets = full;
  let total: Tensor | undefined;
  let parts: readonly Tensor[] = [];
  for (const [i, logits] of heads.entries()) {
    if (i > 0) targets = halveTargets(graph, targets);
    const loss = headLoss(graph, logits, targets, typeHead, options);
    const weighted = graph.scale(loss.total, headWeights[i]!);
    total = total ? graph.add(total, weighted) : weighted;
    if (i === 0) parts = [loss.foreground, loss.type, loss.dice];
    tape.addGradient(logits, graph.scale(loss.gradient, headWeights[i]!));
  }
  return graph.concat(
    [total!, ...parts].map((value) => graph.reshape(value, [1])),
    0,
  );
}
