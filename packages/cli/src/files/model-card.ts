import { createHash } from 'node:crypto';
import type { Culture, TrainingResult } from '@cellmixer/cellmixer';
import { type CardPage, checksOf, methodsText, verdictOf } from '@cellmixer/cellmixer/card';

const UNJUDGED =
  'The command line trains one model on all pictures and judges none; the server does, in a project.';

/**
 * What people and programs must know of a trained model, in the same form as a server gives it. What the checks need is
 * not there: none is passed.
 *
 * @param name what the model is called; its folder
 * @param version of CellMixer
 */
export function cardPageOf(
  name: string,
  version: string,
  cultures: readonly Culture[],
  { metadata, validation, settings, model }: TrainingResult,
): CardPage {
  const checksum = createHash('sha256').update(model).digest('hex');
  const types = cultures.map(({ type, images }) => ({
    type,
    pictures: images.length,
    samples: [...new Set(images.flatMap(({ sample }) => sample ?? []))],
  }));
  const checks = checksOf({
    types: types.length,
    method: metadata.run.method,
    judgement: null,
    problem: UNJUDGED,
    baseline: null,
    siblings: [],
    nullSplit: null,
  });
  return {
    name,
    number: 1,
    checks,
    verdict: verdictOf(checks),
    card: {
      run: metadata.run,
      typeHead: metadata.typeHead,
      validation: {
        miou: validation.miou,
        foregroundIou: validation.foregroundIou,
        typeAccuracy: validation.typeAccuracy,
      },
      confusion: metadata.confusion,
      cultures: types.map(({ type, pictures, samples }) => ({
        type,
        pictures,
        replicates: samples,
        heldOutReplicate: null,
        heldOutPictures: 0,
        leftOut: [],
      })),
      judgement: null,
      judgementProblem: UNJUDGED,
      machine: null,
      resumedElsewhere: false,
    },
    methods: methodsText({
      version,
      method: settings.method === 'baseline' ? 'baseline' : 'cellmixer',
      modality: metadata.calibration.modality,
      classes: types.map(({ type, pictures, samples }) => ({
        name: type,
        lines: [{ name: type, accession: null }],
        pictures,
        // Without names all pictures count as of one.
        replicates: Math.max(1, samples.length),
        heldOutPictures: 0,
      })),
      settings: { ...settings, holdOut: false },
      stepsDone: metadata.run.steps,
      calibration: metadata.calibration,
      machine: null,
      miou: null,
      baselineMiou: null,
      checksum,
    }),
    checksum,
  };
}
