import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Tensor } from '../../tensor-graph.ts';
import { shifted, shiftedProduct } from '../portable/weight-gradient.ts';
import { applyBlocked, type BlockedGraph, blocks, toPlain, transposeBlocks } from './blocked-layout.ts';
import { rowFilter, rowProducts, rowsFillBlocks, type TapWindow } from './row-products.ts';

export function convolveWeightGradient(
  context: BlockedGraph,
  x: Tensor,
  dy: Tensor,
  spec: ConvolutionSpec,
): Tensor {
  if (spec.depthwise) return depthwiseGradient(context, x, dy, spec);
  if (spec.inputs < context.block) return pictureGradient(context, x, dy, spec);
  return rowsFillBlocks(context, x) ? rowGradient(context, x, dy, spec) : plainGradient(context, x, dy, spec);
}

/** Row products with the side of fewer channels as the picture; if that is dy, all shifts change sign. */
function rowGradient(context: BlockedGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { inputs, outputs, kernel } = spec;
  const margin = (kernel - 1) / 2;
  const window: TapWindow = {
    rows: Array.from({ length: kernel }, (_, i) => i - margin),
    columns: [margin, margin],
  };
  if (inputs <= outputs) {
    const taps = rowProducts(context, x, rowFilter(context, dy), window);
    return graph.flatten(graph.transpose(taps, [1, 0, 2, 3]));
  }
  const taps = rowProducts(context, dy, rowFilter(context, x), window);
  const count = kernel * kernel;
  const reversed = Array.from({ length: count }, (_, i) => count - 1 - i);
  const flat = graph.reshape(taps, [taps.shape[0]! * taps.shape[1]!, count, block * block]);
  return graph.flatten(transposeBlocks(context, graph.gather(flat, reversed, 1)));
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
