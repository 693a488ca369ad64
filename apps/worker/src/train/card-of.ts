import type { ModelMetadata } from '@cellmixer/cellmixer';
import { modelCardSchema } from '@cellmixer/cellmixer/card';
import type { TrainingAttempt } from '@cellmixer/database';
import type { FetchedCultures } from './fetch-cultures.ts';
import type { TrainingOutcome } from './run-training-process.ts';

/** A picture that was not trained on: confluent, or without cells. */
export interface LeftOut {
  readonly image: string;
  readonly type: string;
}

/** What a person must know before using the model, in the form in which it is kept. */
export function cardOf({
  metadata,
  outcome,
  fetched,
  leftOut,
  attempts,
}: {
  readonly metadata: ModelMetadata;
  readonly outcome: TrainingOutcome;
  readonly fetched: FetchedCultures;
  readonly leftOut: readonly LeftOut[];
  /** First to last. */
  readonly attempts: readonly Pick<TrainingAttempt, 'fingerprint' | 'differences'>[];
}) {
  return modelCardSchema.parse({
    run: metadata.run,
    typeHead: metadata.typeHead,
    validation: outcome.validation,
    confusion: metadata.confusion,
    cultures: fetched.cultures.map(({ type, images }, i) => ({
      type,
      pictures: images.length,
      replicates: fetched.replicates[i]?.trained,
      heldOutReplicate: fetched.replicates[i]?.heldOut,
      heldOutPictures: fetched.heldOut?.[i]?.images.length ?? 0,
      leftOut: leftOut.filter((one) => one.type === type).map((one) => one.image),
    })),
    judgement: outcome.judgement,
    judgementProblem: outcome.judgementProblem,
    machine: attempts.at(-1)?.fingerprint ?? null,
    resumedElsewhere: attempts.some((attempt) => attempt.differences.length > 0),
  });
}
