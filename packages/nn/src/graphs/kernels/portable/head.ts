import type { HeadSpec } from '../../network/network-operators.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';

export function head(graph: TensorGraph, x: Tensor, weight: Tensor, bias: Tensor, spec: HeadSpec): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const kernel = graph.reshape(weight, [spec.outputs, spec.inputs, 1, 1]);
  return graph.apply('Conv', [x, kernel, bias], [n, spec.outputs, h, w], { kernel_shape: [1, 1] });
}

export function headGradients(
  graph: TensorGraph,
  x: Tensor,
  weight: Tensor,
  dLogits: Tensor,
  { inputs, outputs }: HeadSpec,
): { x: Tensor; weight: Tensor; bias: Tensor } {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const back = graph.reshape(graph.transpose(graph.reshape(weight, [outputs, inputs]), [1, 0]), [
    inputs,
    outputs,
    1,
    1,
  ]);
  const rows = graph.reshape(dLogits, [n, outputs, h * w]);
  const columns = graph.transposeLast(graph.reshape(x, [n, inputs, h * w]));
  return {
    x: graph.apply('Conv', [dLogits, back], x.shape, { kernel_shape: [1, 1] }),
    weight: graph.sum(graph.matMul(rows, columns), [0]),
    bias: graph.sum(graph.sum(dLogits, [2, 3]), [0]),
  };
}
