import { elementCount } from '../../shapes.ts';
import type { Tensor, TensorGraph } from '../../tensor-graph.ts';
import type { ChannelFactors, ScaleShiftOptions } from '../kernels.ts';

/**
 * BatchNormalization with mean 0 and variance 1 is the one standard operator that scales and shifts channels in a
 * single pass over memory.
 */
export function scaleShift(
  graph: TensorGraph,
  x: Tensor,
  scale: ChannelFactors,
  { shift, addend, relu = false }: ScaleShiftOptions,
): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  // Factors per image and channel are factors per channel of one image with n·c channels.
  const channels = elementCount(scale.shape);
  const shape = channels === c ? x.shape : [1, n * c, h, w];
  const zeros = graph.filled(0, [channels]);
  const inputs = [
    graph.reshape(x, shape),
    graph.flatten(scale),
    shift ? graph.flatten(shift) : zeros,
    zeros,
    graph.filled(1, [channels]),
  ];
  const scaled = graph.apply('BatchNormalization', inputs, shape, { epsilon: { float: 0 } });
  const back = graph.reshape(scaled, x.shape);
  const sum = addend ? graph.add(back, addend) : back;
  return relu ? graph.relu(sum) : sum;
}
