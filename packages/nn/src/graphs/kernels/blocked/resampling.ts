import type { Tensor } from '../../tensor-graph.ts';
import { bilinearTaps } from '../portable/resampling.ts';
import { applyBlocked, type BlockedGraph, blocks } from './blocked-layout.ts';

export function maxPool(context: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return applyBlocked(context, 'MaxPool', [x], [n, c, h / 2, w / 2], {
    kernel_shape: [2, 2],
    strides: [2, 2],
  });
}

export function upsampleNearest(context: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return applyBlocked(context, 'Upsample', [x], [n, c, 2 * h, 2 * w], {
    scales: [1, 1, 2, 2],
    mode: 'nearest',
  });
}

export function upsampleBilinear(context: BlockedGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return applyBlocked(context, 'Upsample', [x], [n, c, 2 * h, 2 * w], {
    scales: [1, 1, 2, 2],
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
}

export function sumPool(context: BlockedGraph, x: Tensor): Tensor {
  return halvingFilter(context, x, [1, 1]);
}

export function upsampleBilinearGradient(context: BlockedGraph, dy: Tensor): Tensor {
  const { graph, block } = context;
  const [n = 1, c = 1, h = 1, w = 1] = dy.shape;
  const rows = graph.reshape(dy, [n * blocks(context, c), h, w, block]);
  const padded = graph.pad(rows, [0, 1, 1, 0], [0, 1, 1, 0], 'edge');
  return halvingFilter(context, graph.reshape(padded, [n, c, h + 2, w + 2]), bilinearTaps);
}

/** The same separable filter for every channel, at every second row and column. */
function halvingFilter(context: BlockedGraph, x: Tensor, taps: readonly number[]): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const size = taps.length;
  const square = taps.flatMap((row) => taps.map((column) => row * column));
  const weights = Float32Array.from(
    { length: c * square.length },
    (_, i) => square[Math.floor(i / context.block) % square.length]!,
  );
  const kernel = context.graph.constant(weights, [c, 1, size, size]);
  const shape = [n, c, (h - size) / 2 + 1, (w - size) / 2 + 1];
  return applyBlocked(context, 'Conv', [x, kernel], shape, {
    kernel_shape: [size, size],
    strides: [2, 2],
    group: c,
  });
}
