import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Attributes } from '../../onnx/graph-builder.ts';
import type { Tensor } from '../../tensor-graph.ts';
import { weightShape } from '../portable/convolution.ts';
import { applyBlocked, type BlockedGraph, blocks, transposeBlocks } from './blocked-layout.ts';

function attributes({ inputs, kernel, depthwise }: ConvolutionSpec): Attributes {
  const margin = (kernel - 1) / 2;
  return {
    kernel_shape: [kernel, kernel],
    pads: [margin, margin, margin, margin],
    group: depthwise ? inputs : 1,
  };
}

/** A picture of fewer channels than a block comes in plain; everything else is blocked. */
export function convolve(context: BlockedGraph, x: Tensor, weight: Tensor, spec: ConvolutionSpec): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  blocks(context, spec.outputs);
  if (spec.inputs >= context.block) blocks(context, spec.inputs);
  const kernel = context.graph.reshape(weight, weightShape(spec));
  return applyBlocked(context, 'Conv', [x, kernel], [n, spec.outputs, h, w], attributes(spec));
}

export function convolveInputGradient(
  context: BlockedGraph,
  dy: Tensor,
  weight: Tensor,
  spec: ConvolutionSpec,
  x: Tensor,
): Tensor {
  return applyBlocked(context, 'Conv', [dy, mirrored(context, weight, spec)], x.shape, attributes(spec));
}

/** The filters turned by half a turn, outputs and inputs exchanged. */
export function mirrored(context: BlockedGraph, weight: Tensor, spec: ConvolutionSpec): Tensor {
  const { graph, block } = context;
  const { inputs, outputs, kernel, depthwise } = spec;
  const taps = kernel * kernel;
  const reversed = Array.from({ length: taps }, (_, i) => taps - 1 - i);
  if (depthwise) {
    const turned = graph.gather(graph.reshape(weight, [blocks(context, outputs), taps, block]), reversed, 1);
    return graph.reshape(turned, weightShape(spec));
  }
  const outer = [blocks(context, outputs), blocks(context, inputs), taps, block * block];
  const exchanged = transposeBlocks(context, graph.reshape(weight, outer));
  const turned = taps === 1 ? exchanged : graph.gather(exchanged, reversed, 2);
  return graph.reshape(graph.transpose(turned, [1, 0, 2, 3]), [inputs, outputs, kernel, kernel]);
}
