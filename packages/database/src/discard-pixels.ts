import type { Transaction } from './client.ts';

/**
 * Takes from a project every picture that it made of another's dataset: overlays, the mixtures that trainings
 * showed, and files of results. Class maps, figures and models stay. The objects go with the next sweep.
 */
export async function discardBorrowedPixels(
  tx: Transaction,
  { datasetId, projectId }: { readonly datasetId: string; readonly projectId: string },
): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (
      SELECT s.id, s."overlayKey" AS key FROM "Segmentation" s JOIN "Image" i ON i.id = s."imageId"
      WHERE s."projectId" = ${projectId}::uuid AND i."datasetId" = ${datasetId}::uuid AND s."overlayKey" IS NOT NULL
    ), emptied AS (UPDATE "Segmentation" SET "overlayKey" = NULL WHERE id IN (SELECT id FROM gone))
    INSERT INTO "DiscardedObject" (key) SELECT key FROM gone ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM "TrainingSamplePicture" p USING "TrainingRun" r
      WHERE r.id = p."runId" AND r."projectId" = ${projectId}::uuid AND EXISTS (SELECT 1 FROM "TrainingSource" s
        JOIN "DatasetVersion" v ON v.id = s."versionId" WHERE s."runId" = r.id AND v."datasetId" = ${datasetId}::uuid)
      RETURNING p."pictureKey", p."labelsKey", p."predictionKey")
    INSERT INTO "DiscardedObject" (key)
    SELECT key FROM gone, unnest(ARRAY["pictureKey", "labelsKey", "predictionKey"]) AS keys(key)
    WHERE key IS NOT NULL ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    WITH gone AS (
      SELECT e.id, e."objectKey" AS key FROM "Export" e JOIN "SegmentationRun" r ON r.id = e."segmentationRunId"
      JOIN "DatasetVersion" v ON v.id = r."datasetVersionId"
      WHERE e."projectId" = ${projectId}::uuid AND v."datasetId" = ${datasetId}::uuid AND e."objectKey" IS NOT NULL
    ), emptied AS (
      UPDATE "Export" SET "objectKey" = NULL, "expiresAt" = now() WHERE id IN (SELECT id FROM gone))
    INSERT INTO "DiscardedObject" (key) SELECT key FROM gone ON CONFLICT DO NOTHING`;
}
