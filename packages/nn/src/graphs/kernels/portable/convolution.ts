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
