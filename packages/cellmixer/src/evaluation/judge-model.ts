import type { Judgement } from '../card/model-card.ts';
import type { Culture } from '../contracts.ts';
import { validate } from '../training/validation.ts';
import { asTwoTypes, type JudgedModel, noModes, openJudgedCrops, strayedShare } from './judged-crops.ts';

const MIXTURE_BATCHES = 6;
const PURE_BATCHES = 4;
const SELF_MIX_BATCHES = 2;

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
  const { predictor, types } = model;
  const { images, mixing, batches } = await openJudgedCrops(model, cultures, options.signal);
  const mixtures = await validate(
    predictor,
    await batches(mixing, images, types, MIXTURE_BATCHES),
    types.length,
  );
  const alone = await validate(
    predictor,
    await batches({ ...noModes, pure: 1 }, images, types, PURE_BATCHES),
    types.length,
  );
  const strayed: number[] = [];
  for (const type of types.keys()) {
    options.signal?.throwIfAborted();
    const modes = { ...noModes, paste: 0.6, juxtapose: 0.4 };
    const crops = await batches(modes, asTwoTypes(images, type), ['one', 'the same'], SELF_MIX_BATCHES);
    strayed.push((await strayedShare(predictor, crops, types.length, type + 1)) ?? 1);
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
