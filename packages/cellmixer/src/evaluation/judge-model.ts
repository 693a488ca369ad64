import type { TrainingBatch } from '@cellmixer/nn';
import { prepareCultures } from '../calibration/prepare-cultures.ts';
import type { Judgement } from '../card/model-card.ts';
import type { Culture, Predictor, PreparedImage, Recipe } from '../contracts.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { cellmixerRecipe } from '../mixing/recipes.ts';
import { createSampler } from '../mixing/sampler.ts';
import type { ModelMetadata } from '../training/model-metadata.ts';
import { calledAt, validate } from '../training/validation.ts';

/** The same for every model, so that a model, its baseline and its siblings are judged on the same mixtures. */
const SEED = 20_231_200;
const BATCH = 8;
const MIXTURE_BATCHES = 6;
const PURE_BATCHES = 4;
const SELF_MIX_BATCHES = 2;

export interface JudgedModel extends Pick<ModelMetadata, 'types' | 'calibration' | 'run'> {
  readonly predictor: Predictor;
}

/**
 * Looks at a trained model on pictures of pure cultures: on mixtures of them, on each mixed with itself, and on each
 * alone. Everything follows from the model and the pictures; how the model was trained does not matter.
 *
 * @param cultures in the order of the model's types; best those that were kept out of training
 * @throws NO_FOREGROUND, TOO_FEW_CULTURES where the pictures show too few cells; CANCELLED
 */
export async function judgeModel(
  model: JudgedModel,
  cultures: readonly Culture[],
  options: { readonly heldOut: boolean; readonly signal?: AbortSignal },
): Promise<Judgement> {
  const { calibration, predictor, types } = model;
  const parameters = defaultForegroundParameters(calibration.modality, calibration.cellDiameterPx);
  const { images } = await prepareCultures(cultures, calibration, parameters, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const none = { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 0 };
  const base = cellmixerRecipe(calibration.modality);
  const recipe: Recipe = {
    ...base,
    cropSize: model.run.cropSize,
    modes: { ...base.modes, pure: 0 },
    augment: { ...unchanged, flips: true },
  };
  const batches = (
    modes: Recipe['modes'],
    prepared: readonly PreparedImage[],
    names: readonly string[],
    count: number,
  ) => compose({ prepared, types: names, calibration, recipe: { ...recipe, modes } }, count);

  const mixtures = await validate(
    predictor,
    await batches(recipe.modes, images, types, MIXTURE_BATCHES),
    types.length,
  );
  const alone = await validate(
    predictor,
    await batches({ ...none, pure: 1 }, images, types, PURE_BATCHES),
    types.length,
  );
  const strayed: number[] = [];
  for (const type of types.keys()) {
    options.signal?.throwIfAborted();
    const own = images.filter((image) => image.type === type);
    const doubled = [0, 1].flatMap((pseudo) => own.map((image) => ({ ...image, type: pseudo })));
    const modes = { ...none, paste: 0.6, juxtapose: 0.4 };
    const crops = await batches(modes, doubled, ['one', 'the same'], SELF_MIX_BATCHES);
    strayed.push(await strayedShare(predictor, crops, types.length, type + 1));
  }
  const { confusion: _, ...figures } = mixtures;
  return {
    heldOut: options.heldOut,
    pictures: images.length,
    mixtures: figures,
    pureTypeAccuracy: alone.typeAccuracy,
    selfMix: strayed,
  };
}

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

async function compose(
  stock: Pick<Parameters<typeof createSampler>[0], 'prepared' | 'types' | 'calibration' | 'recipe'>,
  count: number,
): Promise<TrainingBatch[]> {
  const sampler = createSampler({ ...stock, seed: SEED, batch: BATCH, workers: 0 });
  const list: TrainingBatch[] = [];
  for (let step = 0; step < count; step++) list.push(await sampler.batch(step));
  return list;
}

/** Of the sure foreground that is called any type, the share that is not called `type`; 1 where nothing is called. */
async function strayedShare(
  predictor: Predictor,
  batches: readonly TrainingBatch[],
  types: number,
  type: number,
): Promise<number> {
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
  return called === 0 ? 1 : 1 - right / called;
}
