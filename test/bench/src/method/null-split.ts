import {
  type CellMixerModel,
  type Culture,
  calibrateImage,
  type ImageSource,
  nullSplit,
  openCellMixerModel,
  segmentImage,
} from '@cellmixer/cellmixer';
import type { Dataset } from './dataset.ts';
import { type TrainOptions, trainModel } from './train-model.ts';

/** There is nothing to learn, and what there is (the wells' own light) is learnt early. */
const MOST_STEPS = 600;

/**
 * Two wells of the line with the most pictures as two pseudo-types, tested on the pictures of its other wells, which are
 * dealt to the two at random: balanced accuracy over the pixels that are found, 0.5 by chance. Beside it the share
 * called the first type: far from a half means that the network reads the well, not the cell. Nothing where no line
 * has three wells.
 */
export async function nullSplitControl(
  dataset: Dataset,
  seed: number,
  options: TrainOptions,
): Promise<{ nullSplit?: number; nullSplitFirst?: number }> {
  const line = lineWithMostPictures(dataset.training);
  if (line === null) return {};
  const { training, test } = nullSplit(line.images, (image: ImageSource) => image.sample, seed);
  const cultures = training.map((images, k) => ({ type: `${line.type} well ${k + 1}`, images }));
  const steps = Math.min(MOST_STEPS, options.steps ?? MOST_STEPS);
  const bytes = await trainModel(cultures, 'cellmixer', seed, { ...options, steps }, 'null split');
  const model = await openCellMixerModel(bytes);
  try {
    const found = [await countCalled(model, test[0]), await countCalled(model, test[1])];
    const recalls = found.map((called, k) => called[k]! / (called[0]! + called[1]!));
    const first = found[0]![0]! + found[1]![0]!;
    const all = first + found[0]![1]! + found[1]![1]!;
    return { nullSplit: (recalls[0]! + recalls[1]!) / 2, nullSplitFirst: first / all };
  } finally {
    await model.close();
  }
}

/** Of the lines with three wells the one with the most pictures. */
function lineWithMostPictures(cultures: readonly Culture[]): Culture | null {
  const wells = ({ images }: Culture) =>
    new Set(images.map((image) => image.sample).filter((sample) => sample !== null)).size;
  const possible = cultures.filter((culture) => wells(culture) >= 3 && culture.images.length >= 4);
  return possible.toSorted((a, b) => b.images.length - a.images.length)[0] ?? null;
}

/** Pixels called each of the two pseudo-types. */
async function countCalled(model: CellMixerModel, images: readonly ImageSource[]): Promise<number[]> {
  const called = [0, 0];
  for (const source of images) {
    const { classMapPixelwise } = await segmentImage(
      calibrateImage(await source.read(), model.calibration),
      model,
    );
    for (const value of classMapPixelwise.data) if (value === 1 || value === 2) called[value - 1]!++;
  }
  return called;
}
