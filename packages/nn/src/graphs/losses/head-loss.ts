import type { LossOptions, UNetOptions } from '../../contracts.ts';
import type { Tensor, TensorGraph } from '../tensor-graph.ts';
import { binaryCrossEntropy, softmax, softmaxCrossEntropy } from './cross-entropy.ts';
import { diceLoss } from './dice.ts';
import type { LossTerm } from './loss-term.ts';
import type { Targets } from './targets.ts';

export interface HeadLoss {
  readonly total: Tensor;
  readonly foreground: Tensor;
  readonly type: Tensor;
  readonly dice: Tensor;
  /** For the logits [N, 1 + K, H, W]. */
  readonly gradient: Tensor;
}

/** The loss of one head: cross-entropy of foreground and of types, and soft Dice over both. */
export function headLoss(
  graph: TensorGraph,
  logits: Tensor,
  targets: Targets,
  typeHead: UNetOptions['typeHead'],
  weights: Pick<LossOptions, 'foreground' | 'type' | 'dice'>,
): HeadLoss {
  graph.scope('loss');
  const [foregroundLogits, typeLogits] = graph.split(logits, [1, logits.shape[1]! - 1], 1) as [
    Tensor,
    Tensor,
  ];
  const presence = sigmoidProbabilities(graph, foregroundLogits, targets.weight, targets.foreground);
  const types =
    typeHead === 'softmax'
      ? softmaxProbabilities(graph, typeLogits, targets.foreground, targets.types)
      : sigmoidProbabilities(graph, typeLogits, targets.foreground, targets.types);
  const dice = diceLoss(graph, [
    { probabilities: presence.probabilities, weight: targets.weight, weighted: targets.foreground },
    { probabilities: types.probabilities, weight: targets.foreground, weighted: targets.types },
  ]);
  const combine = (part: Prediction, weight: number, diceGradient: Tensor): Tensor =>
    graph.add(
      graph.scale(part.crossEntropy.gradient, weight),
      part.toLogits(graph.scale(diceGradient, weights.dice)),
    );
  return {
    total: graph.add(
      graph.add(
        graph.scale(presence.crossEntropy.value, weights.foreground),
        graph.scale(types.crossEntropy.value, weights.type),
      ),
      graph.scale(dice.value, weights.dice),
    ),
    foreground: presence.crossEntropy.value,
    type: types.crossEntropy.value,
    dice: dice.value,
    gradient: graph.concat(
      [
        combine(presence, weights.foreground, dice.gradients[0]!),
        combine(types, weights.type, dice.gradients[1]!),
      ],
      1,
    ),
  };
}

interface Prediction {
  readonly probabilities: Tensor;
  readonly crossEntropy: LossTerm;
  /** The gradient for the logits from that for the probabilities. */
  toLogits(gradient: Tensor): Tensor;
}

function sigmoidProbabilities(graph: TensorGraph, z: Tensor, weight: Tensor, weighted: Tensor): Prediction {
  const p = graph.sigmoid(z);
  return {
    probabilities: p,
    crossEntropy: binaryCrossEntropy(graph, z, p, weight, weighted),
    toLogits: (gradient) => graph.multiply(gradient, graph.subtract(p, graph.multiply(p, p))),
  };
}

function softmaxProbabilities(graph: TensorGraph, z: Tensor, weight: Tensor, weighted: Tensor): Prediction {
  const parts = softmax(graph, z);
  const p = parts.probabilities;
  return {
    probabilities: p,
    crossEntropy: softmaxCrossEntropy(graph, parts, weight, weighted),
    toLogits: (gradient) => {
      const along = graph.multiply(gradient, p);
      return graph.subtract(along, graph.multiply(p, graph.sum(along, [1], true)));
    },
  };
}
