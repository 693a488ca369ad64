import { CellMixerError } from '@cellmixer/errors';
import { createRandom, type FloatImage } from '@cellmixer/pixels';
import type { Sample } from '../../contracts.ts';
import { groupBySample } from '../bootstrap.ts';
import { meanOfKnown } from '../pixel-metrics.ts';
import { backgroundFeatures } from './background-features.ts';
import { fitLogisticRegression } from './logistic-regression.ts';

/** A piece of background and the type that the cells around it have. */
export interface BackgroundPatch {
  readonly features: readonly number[];
  /** 0…K − 1. */
  readonly type: number;
  /** Patches of one group (one training sample, one picture) never stand on both sides of a fold. */
  readonly group: string;
}

export interface BackgroundProbe {
  /** Mean over the types of the share of patches whose type was told right, by cross-validation. */
  readonly balancedAccuracy: number;
  /** What guessing reaches: 1 ÷ types. */
  readonly chance: number;
  readonly patches: number;
  readonly groups: number;
}

const SIDE = 32;

/**
 * Cell-free 32² patches of a training sample: full weight, no foreground. Their type is the one that most of the
 * sample's foreground has; a sample without foreground has none.
 */
export function backgroundPatches(sample: Sample, group: string): BackgroundPatch[] {
  const type = commonType(sample);
  if (type < 0) return [];
  const patches: BackgroundPatch[] = [];
  for (let y = 0; y + SIDE <= sample.size; y += SIDE) {
    for (let x = 0; x + SIDE <= sample.size; x += SIDE) {
      if (!isBackground(sample, x, y)) continue;
      patches.push({ features: backgroundFeatures(cut(sample, x, y)), type, group });
    }
  }
  return patches;
}

function isBackground(sample: Sample, x: number, y: number): boolean {
  for (let row = y; row < y + SIDE; row++) {
    for (let column = x; column < x + SIDE; column++) {
      const i = row * sample.size + column;
      if (sample.foreground[i]! > 0 || sample.weight[i] === 0) return false;
    }
  }
  return true;
}

function cut(sample: Sample, x: number, y: number): FloatImage {
  const size = sample.size * sample.size;
  const channels = sample.image.length / size;
  const data = new Float32Array(channels * SIDE * SIDE);
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < SIDE; row++) {
      const from = c * size + (y + row) * sample.size + x;
      data.set(sample.image.subarray(from, from + SIDE), (c * SIDE + row) * SIDE);
    }
  }
  return { width: SIDE, height: SIDE, channels, data };
}

function commonType(sample: Sample): number {
  const size = sample.size * sample.size;
  const types = sample.types.length / size;
  const sums = Array.from({ length: types }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += sample.foreground[i]! * sample.types[k * size + i]!;
    return sum;
  });
  const highest = Math.max(...sums);
  return highest > 0 ? sums.indexOf(highest) : -1;
}

/**
 * Background probe: can the type be told from cell-free background? Logistic regression on a few figures of each
 * patch, `folds`-fold cross-validation over whole groups. Training samples should leave it at chance.
 *
 * @throws INVALID_ARGUMENT with fewer groups than folds
 */
export function backgroundProbe(
  patches: readonly BackgroundPatch[],
  types: number,
  options: { readonly folds?: number; readonly seed?: number | string } = {},
): BackgroundProbe {
  const { folds = 5, seed = 0 } = options;
  const groups = createRandom(seed)
    .fork('background-probe')
    .shuffle(groupBySample(patches, (patch) => patch.group));
  if (groups.length < folds) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the background probe has patches of ${groups.length} samples; ${folds} folds need at least as many`,
      { cure: 'Draw more training samples, or sparser ones: patches must be free of cells.' },
    );
  }
  const right = new Float64Array(types);
  const all = new Float64Array(types);
  for (let fold = 0; fold < folds; fold++) {
    const training = groups.filter((_, g) => g % folds !== fold).flat();
    const model = fitLogisticRegression(
      training.map((patch) => patch.features),
      training.map((patch) => patch.type),
      types,
    );
    for (const patch of groups.filter((_, g) => g % folds === fold).flat()) {
      all[patch.type]!++;
      if (model.predict(patch.features) === patch.type) right[patch.type]!++;
    }
  }
  return {
    balancedAccuracy: meanOfKnown(Array.from(right, (hits, k) => hits / all[k]!)),
    chance: 1 / types,
    patches: patches.length,
    groups: groups.length,
  };
}
