import {
  backgroundPatches,
  backgroundProbe,
  type CellMixerModel,
  cellmixerRecipe,
  createComposer,
  defaultForegroundParameters,
  prepareCultures,
} from '@cellmixer/cellmixer';
import { composeBoard, composeSwap, type Donor } from '../composer/compose.ts';
import type { Dataset, PurePicture } from './dataset.ts';
import { score } from './evaluate-run.ts';

export function donorsOf(pure: readonly PurePicture[]): Donor[] {
  return pure.map(({ type, image, instances }) => ({ type, image, instances }));
}

/**
 * A line mixed with itself: share of the found foreground that is given another type, mean over lines.
 * Only lines whose test pictures are large enough for the composer count.
 */
export async function selfMixControl(model: CellMixerModel, pure: readonly PurePicture[]): Promise<number> {
  const shares: number[] = [];
  for (const type of new Set(pure.map((picture) => picture.type))) {
    // The same pictures stand for the first and the second line of every crop.
    const own = donorsOf(pure.filter((picture) => picture.type === type));
    const doubled = [...own.map((d) => ({ ...d, type: 0 })), ...own.map((d) => ({ ...d, type: 1 }))];
    const crops = composeBoard('b2', doubled, 2).slice(0, 20);
    const relabelled = crops.map((crop) => ({
      ...crop,
      classMap: {
        ...crop.classMap,
        data: crop.classMap.data.map((v) => (v === 0 || v === 255 ? v : type + 1)),
      },
    }));
    const { foundAs } = await score(model, relabelled);
    const total = foundAs.reduce((a, b) => a + b, 0);
    if (total > 0) shares.push(1 - foundAs[type]! / total);
  }
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}

/** True cells on cell-free ground of their own line, and of another: the drop of type accuracy. */
export async function canvasSwapControl(
  model: CellMixerModel,
  pure: readonly PurePicture[],
): Promise<number> {
  const donors = donorsOf(pure);
  const types = model.types.length;
  const stay = await score(model, composeSwap(donors, types, false));
  const swapped = await score(model, composeSwap(donors, types, true));
  return stay.typeAccuracy - swapped.typeAccuracy;
}

const PROBE_SAMPLES = 600;

/** What a small classifier reads from cell-free patches of training samples: balanced accuracy above chance. */
export async function backgroundProbeControl(
  model: CellMixerModel,
  dataset: Dataset,
): Promise<{ balancedAccuracy: number; aboveChance: number }> {
  const { calibration, types, run } = model;
  const parameters = defaultForegroundParameters(calibration.modality, calibration.cellDiameterPx);
  const { images } = await prepareCultures(dataset.training, calibration, parameters);
  const recipe = { ...cellmixerRecipe(calibration.modality), cropSize: run.cropSize };
  const composer = createComposer({ prepared: images, types, calibration, recipe, seed: run.seed });
  const patches = [];
  for (let i = 0; i < PROBE_SAMPLES; i++) {
    patches.push(...backgroundPatches(composer.sample(i, 0), String(i)));
  }
  const { balancedAccuracy, chance } = backgroundProbe(patches, types.length);
  return { balancedAccuracy, aboveChance: balancedAccuracy - chance };
}
