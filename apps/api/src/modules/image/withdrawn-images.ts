import { type Database, Prisma } from '@cellmixer/database';

/** What images a run reads, over the run `r`. */
const readBy = {
  TrainingRun: Prisma.sql`SELECT v."imageId" FROM "TrainingSource" s
    JOIN "DatasetVersionItem" v ON v."versionId" = s."versionId" AND v."cellLineId" = s."cellLineId" WHERE s."runId" = r.id`,
  SegmentationRun: Prisma.sql`SELECT s."imageId" FROM "SegmentationRunItem" x
    JOIN "Segmentation" s ON s.id = x."segmentationId" WHERE x."runId" = r.id`,
} as const;

/** How many images of runs were deleted since: what came of them stays. */
export async function withdrawnImages(
  database: Pick<Database, '$queryRaw'>,
  type: keyof typeof readBy,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ id: string; count: number }[]>`
    SELECT r.id::text AS id, (SELECT count(DISTINCT i.id)::int FROM "Image" i
      WHERE i."deletedAt" IS NOT NULL AND i.id IN (${readBy[type]})) AS count
    FROM unnest(${[...ids]}::uuid[]) AS r(id)`;
  const counts = new Map(rows.map(({ id, count }) => [id, count]));
  return new Map(ids.map((id) => [id, counts.get(id) ?? 0]));
}
