import type { Tensor, TensorGraph } from '../../tensor-graph.ts';

function doubled(x: Tensor): number[] {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  return [n, c, 2 * h, 2 * w];
}

export function upsampleNearest(graph: TensorGraph, x: Tensor): Tensor {
  const scales = graph.constant(Float32Array.of(1, 1, 2, 2), [4]);
  return graph.apply('Resize', [x, undefined, scales], doubled(x), {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
}

export function sumPool(graph: TensorGraph, x: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const attributes = { kernel_shape: [2, 2], strides: [2, 2] };
  return graph.scale(graph.apply('AveragePool', [x], [n, c, h / 2, w / 2], attributes), 4);
}

export function upsampleBilinear(graph: TensorGraph, x: Tensor): Tensor {
  const scales = graph.constant(Float32Array.of(1, 1, 2, 2), [4]);
  return graph.apply('Resize', [x, undefined, scales], doubled(x), {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
}

/** Weights with which four neighbours go back to one pixel; edges were repeated, so the gradient's edges are too. */
export const bilinearTaps = [0.25, 0.75, 0.75, 0.25];

export function upsampleBilinearGradient(graph: TensorGraph, dy: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = dy.shape;
  const padded = graph.pad(dy, [0, 0, 1, 1], [0, 0, 1, 1], 'edge');
  const taps = bilinearTaps.flatMap((row) => bilinearTaps.map((column) => row * column));
  const kernel = graph.constant(
    Float32Array.from({ length: c * 16 }, (_, i) => taps[i % 16]!),
    [c, 1, 4, 4],
  );
  const attributes = { group: c, kernel_shape: [4, 4], strides: [2, 2] };
  return graph.apply('Conv', [padded, kernel], [n, c, h / 2, w / 2], attributes);
}
