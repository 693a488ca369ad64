import { z } from 'zod';
import { modelMetadataSchema } from '../training/model-metadata.ts';

const share = z.number().min(0).max(1);
const figures = z.object({ miou: share, foregroundIou: share, typeAccuracy: share });

/** How a model does on pure pictures, and on mixtures of them that are the same for every model of these pictures. */
export const judgementSchema = z.object({
  /** Whether the pictures were kept out of training. */
  heldOut: z.boolean(),
  pictures: z.int().min(1),
  mixtures: figures,
  /** Mean over types of recall on unmixed pictures. */
  pureTypeAccuracy: share,
  /** Per type: share of its foreground that is called another type where it is mixed with itself. */
  selfMix: z.array(share),
});
export type Judgement = z.infer<typeof judgementSchema>;

export const fingerprintSchema = z.object({
  provider: z.string(),
  lowering: z.string(),
  architecture: z.string(),
  processor: z.string(),
  instructions: z.string(),
  node: z.string(),
  runtime: z.string(),
});
export type MachineFingerprint = z.infer<typeof fingerprintSchema>;

/** What a person must know of a trained model before using it; kept with it as JSON. */
export const modelCardSchema = z.object({
  run: modelMetadataSchema.shape.run,
  typeHead: modelMetadataSchema.shape.typeHead,
  /** On artificial mixtures of the training pictures: a sign of learning, not of generality. */
  validation: figures,
  /** Pixels of true foreground by (true type, called type) on the same mixtures. */
  confusion: modelMetadataSchema.shape.confusion,
  /** In the order of the outputs. */
  cultures: z.array(
    z.object({
      type: z.string(),
      pictures: z.int().min(0),
      /** Names of the replicates (or samples) that were trained on. */
      replicates: z.array(z.string()),
      /** The one that was kept out of training, and its pictures. */
      heldOutReplicate: z.string().nullable(),
      heldOutPictures: z.int().min(0),
      /** Names of pictures that were not used: confluent, or without cells. */
      leftOut: z.array(z.string()),
    }),
  ),
  /** Null where the pictures showed too few cells for it; `judgementProblem` says so. */
  judgement: judgementSchema.nullable(),
  judgementProblem: z.string().nullable(),
  /** Of the machine that did the last step. */
  machine: fingerprintSchema.nullable(),
  /** Whether it went on from a checkpoint of a machine that computes otherwise. */
  resumedElsewhere: z.boolean(),
});
export type ModelCard = z.infer<typeof modelCardSchema>;
