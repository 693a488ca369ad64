import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Attributes } from '../../onnx/graph-builder.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';

/** Shape [out, in, kernel, kernel] of the weight. */
export function weightShape({ inputs, outputs, kernel, depthwise }: ConvolutionSpec): number[] {
  return [outputs, depthwise ? 1 : inputs, kernel, kernel];
}

function convolutionAttributes({ inputs, kernel, stride, depthwise }: ConvolutionSpec): Attributes {
  const margin = (kernel - 1) / 2;
  return {
    kernel_shape: [kernel, kernel],
    pads: [margin, margin, margin, margin],
    strides: [stride, stride],
    group: depthwise ? inputs : 1,
  };
}

export function convolve(graph: TensorGraph, x: Tensor, weight: Tensor, spec: ConvolutionSpec): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const kernel = graph.reshape(weight, weightShape(spec));
  const shape = [n, spec.outputs, Math.ceil(h / spec.stride), Math.ceil(w / spec.stride)];
  return graph.apply('Conv', [x, kernel], shape, convolutionAttributes(spec));
}

export function convolveInputGradient(
  graph: TensorGraph,
  dy: Tensor,
  weight: Tensor,
  spec: ConvolutionSpec,
  x: Tensor,
): Tensor {
  if (spec.stride === 1) {
    const mirrored = mirroredWeight(graph, weight, spec);
    return graph.apply('Conv', [dy, mirrored], x.shape, convolutionAttributes(spec));
  }
  const kernel = graph.reshape(weight, weightShape(spec));
  const surplus = [x.shape[2]!, x.shape[3]!].map((size) => (size - 1) % spec.stride);
  const attributes = { ...convolutionAttributes(spec), output_padding: surplus };
  return graph.apply('ConvTranspose', [dy, kernel], x.shape, attributes);
}

/** The filters turned by half a turn, outputs and inputs exchanged. */
function mirroredWeight(graph: TensorGraph, weight: Tensor, spec: ConvolutionSpec): Tensor {
  const { inputs, outputs, kernel, depthwise } = spec;
  const taps = kernel * kernel;
  const reversed = Array.from({ length: taps }, (_, i) => taps - 1 - i);
  const shape = [outputs, depthwise ? 1 : inputs, taps];
  const turned = graph.gather(graph.reshape(weight, shape), reversed, 2);
  if (depthwise) return graph.reshape(turned, [outputs, 1, kernel, kernel]);
  return graph.reshape(graph.transpose(turned, [1, 0, 2]), [inputs, outputs, kernel, kernel]);
}

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
function shiftedProduct(graph: TensorGraph, x: Tensor, dy: Tensor, spec: ConvolutionSpec): Tensor {
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
function shifted(graph: TensorGraph, x: Tensor, rows: number, columns: number): Tensor {
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
