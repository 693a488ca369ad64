import type { HeadSpec } from '../../network/network-operators.ts';
import type { Tensor } from '../../tensor-graph.ts';
import { applyBlocked, type BlockedGraph, blocks, toPlain, transposeBlocks } from './blocked-layout.ts';
import { padded } from './storage.ts';

export function head(
  context: BlockedGraph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  { inputs, outputs }: HeadSpec,
): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const filled = padded(outputs, context.block);
  const kernel = context.graph.reshape(weight, [filled, inputs, 1, 1]);
  const logits = applyBlocked(context, 'Conv', [x, kernel, bias], [n, filled, h, w], {
    kernel_shape: [1, 1],
  });
  return toPlain(context, logits, outputs);
}

export function headGradients(
  context: BlockedGraph,
  x: Tensor,
  weight: Tensor,
  dLogits: Tensor,
  { inputs, outputs }: HeadSpec,
): { x: Tensor; weight: Tensor; bias: Tensor } {
  const { graph, block } = context;
  const [n = 1, , h = 1, w = 1] = x.shape;
  const inputBlocks = blocks(context, inputs);
  const filled = padded(outputs, block);
  const surplus = filled - outputs;

  const rows = graph.reshape(dLogits, [n, 1, outputs, h * w]);
  const products = graph.sum(graph.matMul(rows, graph.reshape(x, [n, inputBlocks, h * w, block])), [0]);
  const perOutput = graph.pad(products, [0, 0, 0], [0, surplus, 0]);
  const split = graph.reshape(perOutput, [inputBlocks, filled / block, block, block]);

  const plain = graph.pad(dLogits, [0, 0, 0, 0], [0, surplus, 0, 0]);
  const blocked = applyBlocked(context, 'ReorderInput', [plain], plain.shape);
  const outer = [filled / block, inputBlocks, block * block];
  const back = graph.transpose(transposeBlocks(context, graph.reshape(weight, outer)), [1, 0, 2]);
  const kernel = graph.reshape(back, [inputs, filled, 1, 1]);
  return {
    x: applyBlocked(context, 'Conv', [blocked, kernel], x.shape, { kernel_shape: [1, 1] }),
    weight: graph.flatten(graph.transpose(split, [1, 0, 3, 2])),
    bias: graph.pad(graph.sum(graph.sum(dLogits, [2, 3]), [0]), [0], [surplus]),
  };
}
