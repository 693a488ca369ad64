import { type Activation, type NormSpec, normEpsilon } from '../network/network-operators.ts';
import type { Tensor, TensorGraph } from '../tensor-graph.ts';
import { activate, activationGradient } from './activation.ts';
import type { LayerContext } from './layer-context.ts';

/**
 * Averages a quantity that every image and channel has ([N, C]) over the set that shares statistics. Batch norm: over
 * images, giving [1, C]; group norm: over the channels of a group, giving [N, C] again.
 */
type SharedMean = (graph: TensorGraph, perImageAndChannel: Tensor) => Tensor;

function sharedMean({ kind, channels, groups }: NormSpec): SharedMean {
  if (kind === 'batch') return (graph, t) => graph.mean(t, [0], true);
  const size = channels / groups;
  const averaging = Float32Array.from({ length: channels * channels }, (_, i) => {
    const row = Math.floor(i / channels);
    return Math.floor(row / size) === Math.floor((i % channels) / size) ? 1 / size : 0;
  });
  return (graph, t) => graph.matMul(t, graph.constant(averaging, [channels, channels]));
}

/**
 * Normalisation with scale and shift (Ioffe & Szegedy 2015; Wu & He 2018), then perhaps an activation. Everything per
 * channel is tiny; each full-size pass is one kernel: y = act(a·x + b) with a = γ / √(var + ε), b = β − mean·a.
 *
 * The variance is the mean square less the squared mean. In float32 that is good while the mean is within some tens of
 * standard deviations, which holds for pictures that are centred on their background.
 */
export function norm(
  context: LayerContext,
  x: Tensor,
  spec: NormSpec,
  activation: Activation | undefined,
): Tensor {
  const { graph, tape, kernels } = context;
  graph.scope(spec.name);
  const gamma = graph.reshape(context.parameter(`${spec.name}.weight`), [1, spec.channels]);
  const beta = graph.reshape(context.parameter(`${spec.name}.bias`), [1, spec.channels]);
  const average = sharedMean(spec);

  const mean = average(graph, kernels.channelMean(x));
  const meanSquare = average(graph, kernels.channelMeanOfProduct(x, x));
  if (spec.kind === 'batch')
    context.reportStatistics(spec.name, graph.flatten(mean), graph.flatten(meanSquare));
  // ReLU: rounding can put the variance of a constant channel below zero.
  const variance = graph.relu(graph.subtract(meanSquare, graph.multiply(mean, mean)));
  const inverse = graph.reciprocal(graph.sqrt(graph.addScalar(variance, normEpsilon)));
  const scale = graph.multiply(inverse, gamma);
  const shift = graph.subtract(beta, graph.multiply(mean, scale));

  const before = (): Tensor => kernels.scaleShift(x, scale, { shift });
  const activated = (): Tensor => (activation ? activate(graph, before(), activation) : before());
  const y = activation === 'relu' ? kernels.scaleShift(x, scale, { shift, relu: true }) : activated();

  tape.record(spec.name, y, (dy) => {
    const d = activation ? activationGradient(graph, activation, dy, y, before) : dy;
    // Per image and channel: means of d and of d·x̂, with x̂ = (x − mean) / √(var + ε).
    const d1 = kernels.channelMean(d);
    const d2 = graph.multiply(
      graph.subtract(kernels.channelMeanOfProduct(d, x), graph.multiply(mean, d1)),
      inverse,
    );
    const pixels = x.shape[2]! * x.shape[3]!;
    tape.setParameterGradient(`${spec.name}.weight`, graph.scale(graph.sum(d2, [0]), pixels));
    tape.setParameterGradient(`${spec.name}.bias`, graph.scale(graph.sum(d1, [0]), pixels));
    // dx = (γ·d − avg(γ·d) − x̂·avg(γ·d·x̂)) / √(var + ε), put as scale·d + k·x + l.
    const centre = average(graph, graph.multiply(gamma, d1));
    const slope = average(graph, graph.multiply(gamma, d2));
    const k = graph.negate(graph.multiply(graph.multiply(inverse, inverse), slope));
    const l = graph.negate(graph.add(graph.multiply(inverse, centre), graph.multiply(k, mean)));
    const addend = kernels.scaleShift(x, k, { shift: l });
    tape.addGradient(x, kernels.scaleShift(d, scale, { addend }));
  });
  return y;
}
