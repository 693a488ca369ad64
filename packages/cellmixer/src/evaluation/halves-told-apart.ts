import { CellMixerError } from '@cellmixer/errors';
import type { Culture } from '../contracts.ts';
import { asTwoTypes, type JudgedModel, noModes, openJudgedCrops, strayedShare } from './judged-crops.ts';

const BATCHES = 6;

/**
 * Null split: how well a network that was trained on two halves of one line's replicates, as if they were two types,
 * tells apart further pictures of the same cultures. There is no other cell to see, so 0.5 is what a sound method
 * gives; more is what it reads from the culture: its light, its density, its day.
 *
 * @param halves pictures of each half that were kept out of training
 * @returns balanced accuracy over the cells' area that is called either half
 * @throws NO_FOREGROUND where a half shows too few cells, or nothing is found in it; CANCELLED
 */
export async function halvesToldApart(
  model: JudgedModel,
  halves: readonly [Culture, Culture],
  signal?: AbortSignal,
): Promise<number> {
  const { images, batches } = await openJudgedCrops(model, halves, signal);
  let sum = 0;
  for (const [half, { type }] of halves.entries()) {
    signal?.throwIfAborted();
    const crops = await batches(
      { ...noModes, pure: 1 },
      asTwoTypes(images, half),
      ['one', 'the same'],
      BATCHES,
    );
    const strayed = await strayedShare(model.predictor, crops, 2, half + 1);
    if (strayed === null) {
      throw new CellMixerError('NO_FOREGROUND', `the network finds no cells in the pictures of "${type}"`, {
        subject: type,
        cure: 'Train the model for more steps, and run the null split of that one.',
      });
    }
    sum += 1 - strayed;
  }
  return sum / 2;
}
