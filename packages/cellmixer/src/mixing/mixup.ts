import { type Scene, UNDECIDED } from './scene.ts';

/**
 * Averages two crops: `upper` is laid over `scene` with share λ. Pixels that one side alone covers take its
 * class; where both do, both bits are set and the shares say how much each counts (or, under the rule `ignore`,
 * the pixel is ignored). Undecided on either side: ignored.
 */
export function mixup(
  scene: Scene,
  other: Scene,
  lambda: number,
  types: readonly [number, number],
  overlap: 'upper' | 'ignore' | 'both',
): void {
  const { image, labels, weight } = scene;
  for (let i = 0; i < image.length; i++) image[i] = (1 - lambda) * image[i]! + lambda * other.image[i]!;
  for (let i = 0; i < labels.length; i++) {
    const a = labels[i]!;
    const b = other.labels[i]!;
    let label = a | b;
    if (overlap === 'ignore' && a !== 0 && b !== 0 && a !== b) label = UNDECIDED;
    labels[i] = (label & UNDECIDED) !== 0 ? UNDECIDED : label;
    weight[i] = (label & UNDECIDED) !== 0 ? 0 : (1 - lambda) * weight[i]! + lambda * other.weight[i]!;
  }
  if (overlap !== 'both') {
    scene.shares[types[0]] = 1 - lambda;
    scene.shares[types[1]] = lambda;
  }
}
