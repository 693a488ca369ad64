import { type Database, Prisma, type Transaction } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';

/**
 * The segmentations of an export whose pictures its project may take along at this moment: they are there, in a dataset
 * that is the project's own or lent to it.
 */
export async function picturesToTake(
  database: Database | Transaction,
  exportId: string,
): Promise<ReadonlySet<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT s.id::text AS id FROM "Export" e
    JOIN "SegmentationRunItem" r ON r."runId" = e."segmentationRunId" JOIN "Segmentation" s ON s.id = r."segmentationId"
    JOIN "Image" i ON i.id = s."imageId" JOIN "Dataset" d ON d.id = i."datasetId"
    JOIN "Project" owner ON owner.id = d."projectId"
    WHERE e.id = ${exportId}::uuid AND s."overlayKey" IS NOT NULL AND i."deletedAt" IS NULL
      AND d."deletedAt" IS NULL AND owner."deletedAt" IS NULL
      AND (d."projectId" = e."projectId" OR EXISTS (SELECT 1 FROM "DatasetShare" l
        WHERE l."datasetId" = d.id AND l."projectId" = e."projectId" AND l.status = 'ACCEPTED'))`);
  return new Set(rows.map((row) => row.id));
}

/**
 * @param drawn segmentations whose pictures are in the file
 * @throws INPUT_WITHDRAWN where some were deleted or taken back in the meantime; keeps the others until the end of `tx`
 */
export async function demandPictures(
  tx: Transaction,
  exportId: string,
  drawn: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM "Segmentation" WHERE id = ANY(${[...drawn]}::uuid[]) ORDER BY id FOR SHARE`;
  const there = await picturesToTake(tx, exportId);
  if (drawn.every((id) => there.has(id))) return;
  throw new CellMixerError('INPUT_WITHDRAWN', 'Pictures of the run were taken back while they were packed', {
    cure: 'Export the results once more: maps and tables come without these pictures.',
  });
}
