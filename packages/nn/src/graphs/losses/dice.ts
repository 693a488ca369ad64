import type { Tensor, TensorGraph } from '../tensor-graph.ts';

/** Added to both halves of the ratio, in pixels: a class of a few pixels does not make the loss jump. */
const smoothing = 1;

/** Classes that are scored together: probabilities p [N, C, H, W], weight w [N, 1, H, W], w·t [N, C, H, W]. */
export interface DiceClasses {
  readonly probabilities: Tensor;
  readonly weight: Tensor;
  readonly weighted: Tensor;
}

export interface DiceLoss {
  readonly value: Tensor;
  /** For each set of classes the gradient for its probabilities. */
  readonly gradients: readonly Tensor[];
}

/**
 * Soft Dice loss (Milletari et al. 2016, sums not squared), 1 − (2·Σ w·p·t + s) / (Σ w·p + Σ w·t + s), per image and
 * class; mean over the classes that the image has, then over images. Classes that an image has not do not count.
 */
export function diceLoss(graph: TensorGraph, sets: readonly DiceClasses[]): DiceLoss {
  const scores = sets.map((set) => score(graph, set));
  const images = sets[0]!.probabilities.shape[0]!;
  const counts = scores.map(({ present }) => graph.sum(present, [1], true)).reduce((a, b) => graph.add(a, b));
  // Every class present of an image weighs 1 / (classes present · images).
  const share = graph.reciprocal(graph.scale(graph.maximum(counts, graph.scalar(1)), images));
  const values = scores.map(({ present, overlap }) => {
    const loss = graph.subtract(present, graph.multiply(present, overlap));
    return graph.sum(graph.multiply(loss, share), [0, 1, 2, 3]);
  });
  return {
    value: values.reduce((a, b) => graph.add(a, b)),
    gradients: sets.map((set, i) => gradient(graph, set, scores[i]!, share)),
  };
}

/** Each [N, C, 1, 1]. */
interface DiceScore {
  /** 1 where the image has the class. */
  readonly present: Tensor;
  /** The Dice coefficient. */
  readonly overlap: Tensor;
  /** 1 / (Σ w·p + Σ w·t + s). */
  readonly inverse: Tensor;
}

function score(graph: TensorGraph, { probabilities, weight, weighted }: DiceClasses): DiceScore {
  const perImage = (x: Tensor): Tensor => graph.sum(x, [2, 3], true);
  const target = perImage(weighted);
  const predicted = perImage(graph.multiply(probabilities, weight));
  const common = perImage(graph.multiply(probabilities, weighted));
  const inverse = graph.reciprocal(graph.addScalar(graph.add(predicted, target), smoothing));
  const overlap = graph.multiply(graph.addScalar(graph.scale(common, 2), smoothing), inverse);
  return { present: graph.positive(target), overlap, inverse };
}

/** ∂(1 − D)/∂p = w·D/S − 2·w·t/S, with S the denominator. */
function gradient(
  graph: TensorGraph,
  { weight, weighted }: DiceClasses,
  { present, overlap, inverse }: DiceScore,
  share: Tensor,
): Tensor {
  const factor = graph.multiply(graph.multiply(present, share), inverse);
  const rise = graph.multiply(weight, graph.multiply(factor, overlap));
  return graph.subtract(rise, graph.multiply(weighted, graph.scale(factor, 2)));
}
