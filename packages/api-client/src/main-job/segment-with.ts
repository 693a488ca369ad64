import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { demandSuccess } from './demand-success.ts';

const runShape = z.object({ id: z.string(), status: z.string(), total: z.number(), failed: z.number() });

const segmentationShape = z.object({
  id: z.string(),
  status: z.literal('SUCCEEDED'),
  image: z.object({ id: z.string(), name: z.string() }),
  cellCount: z.number(),
  classMapUrl: z.url(),
  instancesUrl: z.url(),
  cellsUrl: z.url(),
});
const segmentationFields = 'id status image { id name } cellCount classMapUrl instancesUrl cellsUrl';

/** What a model found in the images of a snapshot. The addresses can be read for ten minutes. */
export interface ModelResults {
  readonly run: string;
  readonly segmentations: readonly z.output<typeof segmentationShape>[];
}

/** Segments the mixtures of a snapshot with a model and waits. */
export async function segmentWith(
  lab: Lab,
  order: { readonly project: string; readonly modelVersion: string; readonly version: string },
  onProgress: (share: number) => void,
): Promise<ModelResults> {
  const run = await lab.make('createSegmentationRun', order, 'segmentationRun');
  const ended = await lab.ended('SegmentationRun', run, 'id status total done failed', runShape, {
    onLook: ({ done, total }) => onProgress(Number(done) / Math.max(1, Number(total))),
  });
  const { failed, total } = ended;
  demandSuccess('the segmentation', { ...ended, errorMessage: `${failed} of ${total} pictures failed` });
  const segmentations = await lab.list(
    'SegmentationRun',
    run,
    'segmentations',
    segmentationFields,
    segmentationShape,
  );
  return { run, segmentations };
}
