import { elementCount } from '../../shapes.ts';
import type { Tensor } from '../../tensor-graph.ts';
import type { ChannelFactors, ScaleShiftOptions } from '../kernels.ts';
import { applyBlocked, type BlockedGraph } from './blocked-layout.ts';

/** Features as one picture whose channels are the rows of all channels of all images: [1, N·C·H, 1, W]. */
function asRows({ graph }: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return graph.reshape(x, [1, n * c * h, 1, w]);
}

/**
 * The operators of this domain sum naively, so rows are summed each on its own, and then their sums. They sum in the same
 * order with any number of threads; ReduceMean over a middle axis does not.
 */
function meanOfRows(context: BlockedGraph, rows: Tensor, x: Tensor): Tensor {
  const { graph } = context;
  const [n = 1, c = 1, h = 1] = x.shape;
  const perRow = graph.reshape(rows, [1, n * c, h, 1]);
  return graph.reshape(applyBlocked(context, 'GlobalAveragePool', [perRow], [1, n * c, 1, 1]), [n, c]);
}

export function channelMean(context: BlockedGraph, x: Tensor): Tensor {
  const rows = asRows(context, x);
  const sums = applyBlocked(context, 'GlobalAveragePool', [rows], [1, rows.shape[1]!, 1, 1]);
  return meanOfRows(context, sums, x);
}

/** A depthwise convolution of each row with the other's row as its filter multiplies and sums in one pass. */
export function channelMeanOfProduct(context: BlockedGraph, x: Tensor, y: Tensor): Tensor {
  const { graph } = context;
  const rows = asRows(context, x);
  const [, count = 1, , w = 1] = rows.shape;
  const filters = graph.reshape(y, [count, 1, 1, w]);
  const sums = applyBlocked(context, 'Conv', [rows, filters], [1, count, 1, 1], {
    kernel_shape: [1, w],
    group: count,
  });
  return graph.scale(meanOfRows(context, sums, x), 1 / w);
}

/** A depthwise 1×1 convolution: scale, shift, addition and ReLU in one pass. */
export function scaleShift(
  context: BlockedGraph,
  x: Tensor,
  scale: ChannelFactors,
  { shift, addend, relu = false }: ScaleShiftOptions,
): Tensor {
  const { graph } = context;
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  // Factors per image and channel are factors per channel of one image with n·c channels.
  const channels = elementCount(scale.shape);
  const shape = channels === c ? x.shape : [1, n * c, h, w];
  const inputs = [
    graph.reshape(x, shape),
    graph.reshape(scale, [channels, 1, 1, 1]),
    shift && graph.flatten(shift),
    addend && graph.reshape(addend, shape),
  ];
  const y = applyBlocked(context, 'Conv', inputs, shape, {
    kernel_shape: [1, 1],
    group: channels,
    ...(relu && { activation: 'Relu' }),
  });
  return graph.reshape(y, x.shape);
}
