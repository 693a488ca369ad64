import type { TrainingBatch } from '@cellmixer/nn';
import { prepareCultures } from '../calibration/prepare-cultures.ts';
import type { Culture, Predictor, PreparedImage, Recipe } from '../contracts.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { cellmixerRecipe } from '../mixing/recipes.ts';
import { createSampler } from '../mixing/sampler.ts';
import type { ModelMetadata } from '../training/model-metadata.ts';
import { calledAt } from '../training/validation.ts';

/** The same for every model, so that a model, its baseline and its siblings are judged on the same crops. */
const SEED = 20_231_200;
const BATCH = 8;

export interface JudgedModel extends Pick<ModelMetadata, 'types' | 'calibration' | 'run'> {
  readonly predictor: Predictor;
}

export const noModes: Recipe['modes'] = { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 0 };

const unchanged: Recipe['augment'] = {
  flips: false,
  rotation: 0,
  scale: 0,
  contrast: 0,
  gamma: 0,
  blur: 0,
  noise: 0,
  elastic: 0,
};

/** Pictures that a model is judged on, and crops of them. */
export interface JudgedCrops {
  readonly images: readonly PreparedImage[];
  /** How a mixture is made where nothing else is asked for. */
  readonly mixing: Recipe['modes'];
  batches(
    modes: Recipe['modes'],
    images: readonly PreparedImage[],
    types: readonly string[],
    count: number,
  ): Promise<TrainingBatch[]>;
}

/** @throws NO_FOREGROUND, TOO_FEW_CULTURES where the pictures show too few cells; CANCELLED */
export async function openJudgedCrops(
  { calibration, run }: JudgedModel,
  cultures: readonly Culture[],
  signal: AbortSignal | undefined,
): Promise<JudgedCrops> {
  const parameters = defaultForegroundParameters(calibration.modality, calibration.cellDiameterPx);
  const { images } = await prepareCultures(
    cultures,
    calibration,
    parameters,
    signal === undefined ? {} : { signal },
  );
  const base = cellmixerRecipe(calibration.modality);
  const recipe: Recipe = { ...base, cropSize: run.cropSize, augment: { ...unchanged, flips: true } };
  return {
    images,
    mixing: { ...base.modes, pure: 0 },
    batches: async (modes, prepared, types, count) => {
      const stock = { prepared, types, calibration, recipe: { ...recipe, modes } };
      const sampler = createSampler({ ...stock, seed: SEED, batch: BATCH, workers: 0 });
      const list: TrainingBatch[] = [];
      for (let step = 0; step < count; step++) list.push(await sampler.batch(step));
      return list;
    },
  };
}

/** The pictures of one type as two pseudo-types, for crops that hold nothing else. */
export function asTwoTypes(images: readonly PreparedImage[], type: number): PreparedImage[] {
  const own = images.filter((image) => image.type === type);
  return [0, 1].flatMap((pseudo) => own.map((image) => ({ ...image, type: pseudo })));
}

/** Of the sure foreground that is called any type, the share that is not called `type`; null where nothing is called. */
export async function strayedShare(
  predictor: Predictor,
  batches: readonly TrainingBatch[],
  types: number,
  type: number,
): Promise<number | null> {
  let called = 0;
  let right = 0;
  for (const batch of batches) {
    const size = batch.height * batch.width;
    const found = await predictor.predict(batch.images, batch.count, batch.height, batch.width);
    for (let at = 0; at < batch.count * size; at++) {
      if (batch.weight[at] === 0 || batch.foreground[at]! < 0.99) continue;
      const name = calledAt(found, Math.floor(at / size), at % size, size, types);
      if (name > 0) called++;
      if (name === type) right++;
    }
  }
  return called === 0 ? null : 1 - right / called;
}
