import type { Handlers } from '@cellmixer/jobs';
import type { Parts } from './parts.ts';

/** Who does which kind of job. Each is loaded when its first job comes, so that an idle worker stays small. */
export function handlersOf(parts: Parts): Handlers {
  return {
    INGEST: async (payload, context) =>
      (await import('./ingest/ingest-image.ts')).ingestImage(parts)(payload, context),
    FOREGROUND: async (payload, context) =>
      (await import('./foreground/find-foreground.ts')).findForeground(parts)(payload, context),
    TRAIN: async (payload, context) => (await import('./train/train.ts')).train(parts)(payload, context),
    SEGMENT: async (payload, context) =>
      (await import('./segment/segment.ts')).segment(parts)(payload, context),
    EVALUATE: async (payload, context) =>
      (await import('./evaluate/evaluate.ts')).evaluateModel(parts)(payload, context),
    EXPORT: async (payload, context) =>
      (await import('./export/export-run.ts')).exportRun(parts)(payload, context),
    SWEEP: async (payload, context) => (await import('./sweep/sweep.ts')).sweep(parts)(payload, context),
    COMPARE: async (payload, context) =>
      (await import('./compare/compare.ts')).compare(parts)(payload, context),
    ANNOTATE: async (payload, context) =>
      (await import('./annotate/take-annotation.ts')).takeAnnotation(parts)(payload, context),
  };
}
