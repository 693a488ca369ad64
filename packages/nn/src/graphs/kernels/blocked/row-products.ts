import type { Tensor } from '../../tensor-graph.ts';
import { applyBlocked, type BlockedGraph, blocks } from './blocked-layout.ts';

/** Shifts of the picture against the filter: rows one by one, columns from −before to +after. */
export interface TapWindow {
  readonly rows: readonly number[];
  readonly columns: readonly [before: number, after: number];
}

/** One side of row products, with its rows where a convolution has its channels: [C, N·H, W, 1]. */
export interface RowFilter {
  readonly weight: Tensor;
  readonly blocks: number;
}

/** Row products are possible where the rows of all images together fill blocks. */
export function rowsFillBlocks({ block }: BlockedGraph, x: Tensor): boolean {
  return (x.shape[0]! * x.shape[2]!) % block === 0;
}

export function rowFilter(context: BlockedGraph, x: Tensor): RowFilter {
  const { graph, block } = context;
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const count = blocks(context, c);
  if (h % block === 0) {
    const grouped = graph.reshape(x, [n, count, h / block, block, w, block]);
    const rows = graph.transpose(grouped, [1, 0, 2, 4, 3, 5]);
    return { weight: graph.reshape(rows, [c, n * h, w, 1]), blocks: count };
  }
  const rows = graph.reshape(blocksFirst(context, x), [(count * n * h) / block, block, w, block]);
  return { weight: graph.reshape(graph.transpose(rows, [0, 2, 1, 3]), [c, n * h, w, 1]), blocks: count };
}

/**
 * For each shift of the window the products of picture and filter, summed over images, rows and columns: what weight
 * gradients are made of. Shape [blocks of picture, blocks of filter, taps, B of picture · B of filter].
 *
 * Such a sum is itself a convolution. The rows of all images take the part of channels, the channels of a block that of
 * picture width, and the filter is as wide as a row: column shifts come from its own padding, row shifts from shifted
 * copies of the picture, which should therefore be the side with fewer channels.
 */
export function rowProducts(
  context: BlockedGraph,
  picture: Tensor,
  filter: RowFilter,
  { rows: rowShifts, columns: [before, after] }: TapWindow,
): Tensor {
  const { graph, block } = context;
  const [n = 1, c = 1, h = 1, w = 1] = picture.shape;
  const pictureBlocks = blocks(context, c);
  const images = graph.reshape(blocksFirst(context, picture), [pictureBlocks * n, h, w * block]);
  const columnTaps = before + after + 1;
  const perRow = rowShifts.map((shift) => {
    const moved = shift === 0 ? images : graph.pad(images, [0, -shift, 0], [0, shift, 0]);
    const grouped = graph.reshape(moved, [(pictureBlocks * n * h) / block, block, w, block]);
    const channels = applyBlocked(context, 'ReorderInput', [grouped], grouped.shape);
    const input = graph.reshape(channels, [pictureBlocks, n * h, w, block]);
    const shape = [pictureBlocks, filter.blocks * block, columnTaps, block];
    const taps = applyBlocked(context, 'Conv', [input, filter.weight], shape, {
      kernel_shape: [w, 1],
      pads: [before, 0, after, 0],
    });
    return graph.reshape(taps, [pictureBlocks, filter.blocks, columnTaps, block * block]);
  });
  return graph.concat(perRow, 2);
}

/** [N, C/B, H·W·B] to [C/B, N, H·W·B]. */
function blocksFirst(context: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const count = blocks(context, c);
  if (n === 1 || count === 1) return x;
  const split = context.graph.reshape(x, [n, count, h * w * context.block]);
  return context.graph.transpose(split, [1, 0, 2]);
}
