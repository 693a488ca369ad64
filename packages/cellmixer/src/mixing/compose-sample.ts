import { createRandom, type Random } from '@cellmixer/pixels';
import type { Recipe, Sample } from '../contracts.ts';
import { changeIntensities, copyScene, drawsWarp, finishTargets, warp, warpMargin } from './augment.ts';
import { drawCanvas } from './canvas.ts';
import { drawCrop } from './crop.ts';
import { createDonor } from './donor.ts';
import { drawCells, juxtapose } from './juxtapose.ts';
import { mixup } from './mixup.ts';
import { createNoiseTiles, type NoiseTiles } from './noise.ts';
import { createFreeSpace } from './place.ts';
import { populate } from './populate.ts';
import { pickWeighted } from './random-choice.ts';
import { parseRecipe } from './recipes.ts';
import { createScene, type Scene } from './scene.ts';
import { createStock, type Stock, type StockOptions } from './stock.ts';

/** Crops with less cell than this are drawn again a few times. */
const LEAST_COVER = 0.03;

export interface ComposerOptions extends StockOptions {
  readonly seed: number;
}

export interface Composer {
  /** The targets and picture of one sample; the same for the same numbers, whatever was asked for before. */
  sample(step: number, index: number, maskGeneration?: number): Sample;
  /** The same into arrays that are all zero. */
  fill(sample: Sample, step: number, index: number, maskGeneration?: number): void;
}

/**
 * Makes samples out of prepared pictures.
 *
 * @throws TOO_FEW_CULTURES, NO_FOREGROUND, INVALID_ARGUMENT naming what is at fault
 */
export function createComposer(options: ComposerOptions): Composer {
  const recipe = parseRecipe(options.recipe);
  return composerOf(createStock(options), recipe, options.seed);
}

/** The same from pictures that are measured already. */
export function composerOf(stock: Stock, recipe: Recipe, seed: number): Composer {
  const types = stock.types.length;
  const root = createRandom(seed);
  const tiles = createNoiseTiles();
  const plain = createBench(recipe.cropSize, stock);
  const large = createBench(recipe.cropSize + 2 * warpMargin(recipe), stock);
  const finish = finishTargets(types, recipe.overlap !== 'both', stock.balance);
  const fill = (sample: Sample, step: number, index: number, maskGeneration = 0) => {
    const random = root.fork('sample', step, index, maskGeneration);
    const warped = drawsWarp(recipe, random);
    const bench = warped ? large : plain;
    compose(bench, stock, recipe, tiles, random);
    if (warped) warp(bench.scene, sample, recipe, random, finish);
    else copyScene(bench.scene, sample, finish);
    changeIntensities(sample, stock.calibration, recipe, tiles, random);
  };
  return {
    fill,
    sample(step, index, maskGeneration) {
      const sample = emptySample(recipe.cropSize, stock.channels, types);
      fill(sample, step, index, maskGeneration);
      return sample;
    },
  };
}

export function emptySample(size: number, channels: number, types: number): Sample {
  const area = size * size;
  return {
    size,
    image: new Float32Array(channels * area),
    foreground: new Float32Array(area),
    types: new Float32Array(types * area),
    weight: new Float32Array(area),
  };
}

/** What one sample is made on: reused, never kept. */
interface Bench {
  readonly scene: Scene;
  readonly other: Scene;
  readonly space: ReturnType<typeof createFreeSpace>;
  readonly donor: ReturnType<typeof createDonor>;
}

function createBench(size: number, stock: Stock): Bench {
  return {
    scene: createScene(size, stock.channels, stock.types.length),
    other: createScene(size, stock.channels, stock.types.length),
    space: createFreeSpace(size),
    donor: createDonor(),
  };
}

const modes = ['paste', 'overlay', 'mixup', 'juxtapose', 'pure'] as const;

function compose(bench: Bench, stock: Stock, recipe: Recipe, tiles: NoiseTiles, random: Random): void {
  const { scene, other } = bench;
  const context = { stock, recipe, tiles };
  const types = stock.types.length;
  scene.shares.fill(1);
  const cropOf = (target: Scene, type: number) =>
    drawCrop(target, stock.pictures[random.pick(stock.ofType[type]!)]!, [LEAST_COVER, 1], context, random);
  const mode =
    modes[
      pickWeighted(
        random,
        modes.map((name) => recipe.modes[name]),
      )
    ]!;
  if (mode === 'paste' || mode === 'overlay') {
    const cover = random.uniform(...recipe.confluence);
    const composition = random.dirichlet(1, types);
    drawCanvas(scene, cover, context, random);
    const blend = mode === 'paste' ? ('cover' as const) : ('add' as const);
    const noise = { noiseX: random.integer(256), noiseY: random.integer(256) };
    populate(scene, bench.space, bench.donor, cover, composition, { ...context, ...noise, blend }, random);
  } else if (mode === 'mixup') {
    const [first, second] = random.shuffle([...stock.types.keys()]) as [number, number];
    cropOf(scene, first);
    cropOf(other, second);
    mixup(scene, other, random.uniform(0.35, 0.65), [first, second], recipe.overlap);
  } else if (mode === 'juxtapose') {
    const order = random.shuffle([...stock.types.keys()]);
    const cells = drawCells(scene.size, 2 + random.integer(3), random);
    scene.image.fill(0);
    for (let cell = 0; cell < cells.count; cell++) {
      cropOf(other, order[cell % types]!);
      juxtapose(scene, other, cells, cell);
    }
  } else {
    cropOf(scene, random.integer(types));
  }
}
