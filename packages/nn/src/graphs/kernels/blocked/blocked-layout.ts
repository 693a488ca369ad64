import { CellMixerError } from '@cellmixer/errors';
import type { Attributes } from '../../onnx/graph-builder.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';

/**
 * ONNX Runtime's own layout for convolutions on a CPU: features [N, C, H, W] lie in memory as [N, C/B, H, W, B], with B
 * the floats of a vector register. The operators of this domain work on it; it is internal to ONNX Runtime, so a probe
 * at start-up decides whether it can be used.
 */
export const blockedDomain = 'com.microsoft.nchwc';

/** A graph together with the block size B of the processor. */
export interface BlockedGraph {
  readonly graph: TensorGraph;
  readonly block: number;
}

export function applyBlocked(
  { graph }: BlockedGraph,
  type: string,
  inputs: readonly (Tensor | undefined)[],
  shape: readonly number[],
  attributes: Attributes = {},
): Tensor {
  return graph.apply(type, inputs, shape, attributes, blockedDomain);
}

/** Number of blocks that the channels fill exactly. */
export function blocks({ block }: BlockedGraph, channels: number): number {
  if (channels % block === 0) return channels / block;
  throw new CellMixerError(
    'GRAPH_INVALID',
    `${channels} channels do not fill blocks of ${block}, as the blocked lowering needs.`,
    { cure: `Take a width that is a multiple of ${block}, or the portable lowering.` },
  );
}

/** From blocked to plain NCHW, the first `channels` channels. */
export function toPlain(context: BlockedGraph, x: Tensor, channels: number): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  return applyBlocked(context, 'ReorderOutput', [x], [n, channels, h, w], { channels });
}

/**
 * Exchanges the last two axes of [..., B, B] matrices. ReorderInput does it with vector instructions: to it they are
 * pictures of B channels and B pixels.
 */
export function transposeBlocks(context: BlockedGraph, matrices: Tensor): Tensor {
  const { graph, block } = context;
  const count = matrices.shape.reduce((product, size) => product * size, 1) / (block * block);
  const pictures = graph.reshape(matrices, [count, block, 2, block / 2]);
  return graph.reshape(applyBlocked(context, 'ReorderInput', [pictures], pictures.shape), matrices.shape);
}
