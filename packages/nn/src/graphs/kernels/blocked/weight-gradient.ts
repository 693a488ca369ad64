import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Tensor } from '../../tensor-graph.ts';
import { shifted, shiftedProduct } from '../portable/weight-gradient.ts';
import { applyBlocked, type BlockedGraph, blocks, toPlain, transposeBlocks } from './blocked-layout.ts';

export function convolveWeightGradient(
  context: BlockedGraph,
  x: Tensor,
  dy: Tensor,
  spec: ConvolutionSpec,
): Tensor {
  if (spec.depthwise) return depthwiseGradient(context, x, dy, spec);
  if (spec.inputs < context.block) return pictureGradient(context, x, dy, spec);
  const [n = 1, , h = 1] = x.shape;
  return (n * h) % context.block === 0
    ? rowGradient(context, x, dy, spec)
    : plainGradient(context, x, dy, spec);
}

/**
 * A weight gradient is itself a convolution: it sums over images, rows and columns. Here the rows of all images take
 * the part of channels, a channel block that of picture width, and dy is the filter, as wide as a row: the kernel's
 * columns come from that filter's own shifts (its padding), the kernel's rows from shifted copies of the one side.
 * Taking the side with fewer channels for the copies makes them cheap; if that is dy, all shifts change sign.
 */
function rowGradient(context: BlockedGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { inputs, outputs, kernel } = spec;
  const exchanged = inputs > outputs;
  const picture = exchanged ? dy : x;
  const filter = exchanged ? x : dy;
  const pictureBlocks = blocks(context, Math.min(inputs, outputs));
  const filterBlocks = blocks(context, Math.max(inputs, outputs));
  const [n = 1, , h = 1, w = 1] = x.shape;
  const rows = n * h;

  const weights = graph.transpose(
    graph.reshape(blocksFirst(context, filter), [(filterBlocks * rows) / block, block, w, block]),
    [0, 2, 1, 3],
  );
  const weight = graph.reshape(weights, [filterBlocks * block, rows, w, 1]);
  const images = graph.reshape(blocksFirst(context, picture), [pictureBlocks * n, h, w * block]);
  const margin = (kernel - 1) / 2;
  const perRow = Array.from({ length: kernel }, (_, i) => {
    const shift = i - margin;
    const moved = shift === 0 ? images : graph.pad(images, [0, -shift, 0], [0, shift, 0]);
    const grouped = graph.reshape(moved, [(pictureBlocks * rows) / block, block, w, block]);
    const channels = applyBlocked(context, 'ReorderInput', [grouped], grouped.shape);
    const input = graph.reshape(channels, [pictureBlocks, rows, w, block]);
    const shape = [pictureBlocks, filterBlocks * block, kernel, block];
    const taps = applyBlocked(context, 'Conv', [input, weight], shape, {
      kernel_shape: [w, 1],
      pads: [margin, 0, margin, 0],
    });
    return graph.reshape(taps, [pictureBlocks, filterBlocks, 1, kernel * block * block]);
  });
  // [picture blocks, filter blocks, kernel rows, kernel columns, B of picture, B of filter]
  const taps = graph.concat(perRow, 2);
  if (!exchanged) return graph.flatten(graph.transpose(taps, [1, 0, 2, 3]));
  const count = kernel * kernel;
  const reversed = Array.from({ length: count }, (_, i) => count - 1 - i);
  const flat = graph.reshape(taps, [pictureBlocks * filterBlocks, count, block * block]);
  return graph.flatten(transposeBlocks(context, graph.gather(flat, reversed, 1)));
}

/** [N, C/B, H·W·B] to [C/B, N, H·W·B]. */
function blocksFirst(context: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const count = blocks(context, c);
  if (n === 1 || count === 1) return x;
  const split = context.graph.reshape(x, [n, count, h * w * context.block]);
  return context.graph.transpose(split, [1, 0, 2]);
}

/** Through the plain layout: for pictures whose rows do not fill blocks. */
function plainGradient(context: BlockedGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { inputs, outputs, kernel } = spec;
  const plain = shiftedProduct(graph, toPlain(context, x, inputs), toPlain(context, dy, outputs), spec);
  const shape = [blocks(context, outputs), block, blocks(context, inputs), block, kernel * kernel];
  return graph.flatten(graph.transpose(graph.reshape(plain, shape), [0, 2, 4, 3, 1]));
}

/** All shifts of the plain picture side by side, times dy. */
function pictureGradient(context: BlockedGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { inputs, outputs, kernel } = spec;
  const [n = 1, , h = 1, w = 1] = x.shape;
  const outputBlocks = blocks(context, outputs);
  const margin = (kernel - 1) / 2;
  const taps = kernel * kernel;
  const views = Array.from({ length: taps }, (_, tap) =>
    shifted(graph, x, Math.floor(tap / kernel) - margin, (tap % kernel) - margin),
  );
  const windows = graph.reshape(graph.concat(views, 1), [n, 1, taps * inputs, h * w]);
  const product = graph.matMul(windows, graph.reshape(dy, [n, outputBlocks, h * w, block]));
  const summed = graph.reshape(graph.sum(product, [0]), [outputBlocks, taps, inputs, block]);
  return graph.flatten(graph.transpose(summed, [0, 2, 1, 3]));
}

/** Every image's every channel convolved with its own dy as the filter: what is left are the taps. */
function depthwiseGradient(context: BlockedGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { outputs, kernel } = spec;
  const [n = 1, , h = 1, w = 1] = x.shape;
  const margin = (kernel - 1) / 2;
  const input = graph.reshape(x, [1, n * outputs, h, w]);
  const filter = graph.reshape(dy, [n * outputs, 1, h, w]);
  const taps = applyBlocked(context, 'Conv', [input, filter], [1, n * outputs, kernel, kernel], {
    kernel_shape: [h, w],
    pads: [margin, margin, margin, margin],
    group: n * outputs,
  });
  const perImage = graph.reshape(taps, [n, blocks(context, outputs) * kernel * kernel * block]);
  return graph.sum(perImage, [0]);
}
