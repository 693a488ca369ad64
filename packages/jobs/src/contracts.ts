import type { JobKind } from '@cellmixer/database';
import { z } from 'zod';

const id = z.uuid();

/** What a job carries: ids only. The rows hold the truth. */
export const jobContracts = {
  /** Hashes an upload again, reads it, writes original, pyramid and thumbnail. Subject: the image. */
  INGEST: z.strictObject({ imageId: id }),
  /** Finds the cells of one picture without supervision. Subject: the image. */
  FOREGROUND: z.strictObject({ imageId: id }),
  /** Trains one network. Subject: the training run. */
  TRAIN: z.strictObject({ trainingRunId: id }),
  /** Segments one picture. Subject: the segmentation. */
  SEGMENT: z.strictObject({ segmentationId: id }),
  /** Scores a model version against annotations. Subject: the evaluation. */
  EVALUATE: z.strictObject({ evaluationId: id }),
  /** Measures where the models of a comparison agree. Subject: the comparison. */
  COMPARE: z.strictObject({ comparisonId: id }),
  /** Writes the results of a segmentation run into one file. Subject: the export. */
  EXPORT: z.strictObject({ exportId: id }),
  /** Checks a map that somebody sent and keeps it as the truth of an image. Subject: the upload. */
  ANNOTATE: z.strictObject({ uploadId: id }),
  /** Purges the trash and what has expired; with `orphans` also objects that no row points to. */
  SWEEP: z.strictObject({ orphans: z.boolean() }),
} as const satisfies Record<JobKind, z.ZodType>;

export type JobPayload<Kind extends JobKind> = z.output<(typeof jobContracts)[Kind]>;

/** Short work has a queue of its own, so that it never waits behind long work. */
export const queueOf = {
  INGEST: 'quick',
  FOREGROUND: 'quick',
  COMPARE: 'quick',
  ANNOTATE: 'quick',
  SWEEP: 'quick',
  SEGMENT: 'segment',
  EVALUATE: 'segment',
  EXPORT: 'segment',
  TRAIN: 'train',
} as const satisfies Record<JobKind, string>;

export type QueueName = (typeof queueOf)[JobKind];
export const queueNames: readonly QueueName[] = ['quick', 'segment', 'train'];
