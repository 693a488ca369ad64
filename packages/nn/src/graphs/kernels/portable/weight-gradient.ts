import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';

export function convolveWeightGradient(
  graph: TensorGraph,
  x: Tensor,
  dy: Tensor,
  spec: ConvolutionSpec,
): Tensor {
  if (spec.depthwise) return depthwiseWeightGradient(graph, x, dy, spec);
  return spec.stride === 1 ? shiftedProduct(graph, x, dy, spec) : unfoldedProduct(graph, x, dy, spec);
}

/**
 * A 2D shift is a column shift of x and a row shift of dy. One product of `kernel` column-shifted copies of x with
 * `kernel` row-shifted copies of dy holds all kernel² taps, at a third of the copies that unfolding needs.
 */
export function shiftedProduct(graph: TensorGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { inputs, outputs, kernel } = spec;
  const [n = 1, , h = 1, w = 1] = x.shape;
  const margin = (kernel - 1) / 2;
  const shifts = Array.from({ length: kernel }, (_, i) => i - margin);
  const columns = graph.concat(
    shifts.map((shift) => shifted(graph, x, 0, shift)),
    1,
  );
  const rows = graph.concat(
    shifts.map((shift) => shifted(graph, dy, -shift, 0)),
    1,
  );
  const product = graph.matMul(
    graph.reshape(rows, [n, kernel * outputs, h * w]),
    graph.transposeLast(graph.reshape(columns, [n, kernel * inputs, h * w])),
  );
  const taps = graph.reshape(graph.sum(product, [0]), [kernel, outputs, kernel, inputs]);
  return graph.flatten(graph.transpose(taps, [1, 3, 0, 2]));
}

/** y[i, j] = x[i + rows, j + columns], zero outside. */
export function shifted(graph: TensorGraph, x: Tensor, rows: number, columns: number): Tensor {
  if (rows === 0 && columns === 0) return x;
  return graph.pad(x, [0, 0, -rows, -columns], [0, 0, rows, columns]);
}

/** All taps of strided windows, side by side (im2col), times dy. */
function unfoldedProduct(graph: TensorGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const { inputs, outputs, kernel } = spec;
  const [n = 1, , h = 1, w = 1] = dy.shape;
  const windows = tapWindows(graph, x, dy, spec);
  const product = graph.matMul(
    graph.reshape(dy, [n, outputs, h * w]),
    graph.transposeLast(graph.reshape(graph.concat(windows, 1), [n, kernel * kernel * inputs, h * w])),
  );
  const taps = graph.reshape(graph.sum(product, [0]), [outputs, kernel * kernel, inputs]);
  return graph.flatten(graph.transpose(taps, [0, 2, 1]));
}

/** For each tap of the kernel, what it sees of x at every place of dy. */
function tapWindows(
  graph: TensorGraph,
  x: Tensor,
  dy: Tensor,
  { kernel, stride }: ConvolutionSpec,
): Tensor[] {
  const margin = (kernel - 1) / 2;
  const padded = graph.pad(x, [0, 0, margin, margin], [0, 0, margin, margin]);
  const [n = 1, , h = 1, w = 1] = dy.shape;
  const shape = [n, x.shape[1]!, h, w];
  return Array.from({ length: kernel * kernel }, (_, tap) => {
    const start = [Math.floor(tap / kernel), tap % kernel];
    const end = [start[0]! + (h - 1) * stride + 1, start[1]! + (w - 1) * stride + 1];
    const steps = graph.integers([stride, stride]);
    const inputs = [padded, graph.integers(start), graph.integers(end), graph.integers([2, 3]), steps];
    return graph.apply('Slice', inputs, shape);
  });
}

function depthwiseWeightGradient(graph: TensorGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
  const perTap = tapWindows(graph, x, dy, spec).map((window) =>
    graph.sum(graph.sum(graph.multiply(window, dy), [2, 3]), [0]),
  );
  const taps = graph.concat(
    perTap.map((sum) => graph.reshape(sum, [1, spec.outputs])),
    0,
  );
  return graph.flatten(graph.transpose(taps, [1, 0]));
}
