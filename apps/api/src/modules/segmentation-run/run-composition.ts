import {
  type CompositionGroup,
  type GroupBy,
  groupCompositions,
  type ImageCounts,
} from '@cellmixer/cellmixer/results';
import { runClassCounts, type SegmentationRun, seededShares } from '@cellmixer/database';
import type { Context } from '../../graphql/context.ts';

export interface RunComposition {
  readonly groups: readonly CompositionGroup[];
  readonly names: readonly string[];
  readonly colours: readonly string[];
}

/** What a run has counted so far, added up. */
export async function runComposition(
  { database }: Pick<Context, 'database'>,
  run: Pick<SegmentationRun, 'id' | 'modelVersionId'>,
  by: GroupBy,
  corrected: boolean,
): Promise<RunComposition> {
  const { classes, colours } = await database.modelVersion.findUniqueOrThrow({
    where: { id: run.modelVersionId },
    select: { classes: true, colours: true },
  });
  const images: ImageCounts[] = await runClassCounts(database, run.id, corrected);
  const sampleIds = new Set(images.flatMap(({ sampleId }) => (sampleId === null ? [] : [sampleId])));
  const seeded = await seededShares(database, run, [...sampleIds]);
  const groups = groupCompositions(images, {
    by,
    classes: classes.length,
    seeded: new Map(seeded.flatMap(({ sampleId, shares }) => (shares === null ? [] : [[sampleId, shares]]))),
  });
  return { groups, names: classes, colours };
}
