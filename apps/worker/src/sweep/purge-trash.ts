import { type Database, Prisma, type Transaction, type TrashItem } from '@cellmixer/database';
import { daysBefore } from './days-before.ts';

/** Days in which what was deleted can be restored. */
const TRASH_DAYS = 30;

/** Purges what was deleted more than 30 days ago: objects go, rows stay hidden as tombstones with their checksums. */
export async function purgeTrash(database: Database, now: Date, signal: AbortSignal): Promise<void> {
  const items = await database.trashItem.findMany({
    where: { createdAt: { lt: daysBefore(now, TRASH_DAYS) } },
    orderBy: { createdAt: 'asc' },
  });
  for (const item of items) {
    signal.throwIfAborted();
    await database.$transaction((tx) => purge(tx, item, now), { timeout: 120_000 });
  }
}

async function purge(tx: Transaction, { id, type, subjectId }: TrashItem, now: Date): Promise<void> {
  // Somebody may restore it at this moment: whoever takes the item out of the trash decides.
  const { count } = await tx.trashItem.deleteMany({ where: { id } });
  if (count === 0) return;
  const chosen = Prisma.sql`SELECT t.id FROM ${Prisma.raw(`"${type}"`)} t
    WHERE t.id = ${subjectId}::uuid AND t."deletedAt" IS NOT NULL`;
  for (const step of purges[type]?.(chosen, now) ?? []) await tx.$executeRaw(step);
}

const sql = Prisma.sql;
type Rows = Prisma.Sql;

/** What is removed with a thing of each type; samples and cell lines hold no objects. */
const purges: Readonly<Record<string, (ids: Rows, now: Date) => Prisma.Sql[]>> = {
  Project: (ids, now) => [
    ...imagesOf(
      sql`SELECT i.id FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId" WHERE d."projectId" IN (${ids})`,
      now,
    ),
    ...trainingsOf(sql`SELECT r.id FROM "TrainingRun" r WHERE r."projectId" IN (${ids})`),
    ...modelsOf(sql`SELECT m.id FROM "Model" m WHERE m."projectId" IN (${ids})`),
    ...segmentationsOf(sql`SELECT s.id FROM "Segmentation" s WHERE s."projectId" IN (${ids})`, now),
    ...exportsOf(sql`e."projectId" IN (${ids})`),
    ...comparisonsOf(sql`SELECT c.id FROM "Comparison" c WHERE c."projectId" IN (${ids})`),
    ...letGo('Evaluation', ['reportKey'], sql`t."projectId" IN (${ids})`),
  ],
  Dataset: (ids, now) => imagesOf(sql`SELECT i.id FROM "Image" i WHERE i."datasetId" IN (${ids})`, now),
  Image: (ids, now) => imagesOf(ids, now),
  TrainingRun: (ids) => trainingsOf(ids),
  Model: (ids) => modelsOf(ids),
  SegmentationRun: (ids, now) => [
    ...segmentationsOf(
      sql`SELECT x."segmentationId" FROM "SegmentationRunItem" x JOIN "Segmentation" s ON s.id = x."segmentationId"
        WHERE x."runId" IN (${ids}) AND s."deletedAt" IS NOT NULL`,
      now,
    ),
    ...exportsOf(sql`e."segmentationRunId" IN (${ids})`),
  ],
  Segmentation: (ids, now) => segmentationsOf(ids, now),
  Comparison: (ids) => comparisonsOf(ids),
  Annotation: (ids) => removed('Annotation', ['objectKey'], sql`t.id IN (${ids})`),
};

/**
 * Pixels go everywhere, in other projects too; checksum and size stay, and the lab gets its room back. The original of a
 * time series, and its room, go with the last of its time points.
 */
function imagesOf(ids: Rows, now: Date): Prisma.Sql[] {
  const fresh = sql`SELECT f.id FROM "Image" f WHERE f.id IN (${ids}) AND f."purgedAt" IS NULL`;
  const last = sql`SELECT DISTINCT ON (coalesce(f."seriesId", f.id)) f.id FROM "Image" f WHERE f.id IN (${fresh})
    AND (f."seriesId" IS NULL OR NOT EXISTS (SELECT 1 FROM "Image" o WHERE o."seriesId" = f."seriesId"
      AND o.checksum = f.checksum AND o."purgedAt" IS NULL AND o.id NOT IN (${fresh})))`;
  return [
    // Two purges of one series at once must not each leave the original to the other.
    sql`SELECT 1 FROM "Image" i WHERE i.id IN (SELECT f."seriesId" FROM "Image" f WHERE f.id IN (${ids}))
      ORDER BY i.id FOR NO KEY UPDATE`,
    sql`UPDATE "Organization" o SET "usedBytes" = GREATEST(0, o."usedBytes" - freed.bytes)
      FROM (SELECT p."organizationId", sum(i."sizeBytes")::bigint AS bytes FROM "Image" i
        JOIN "Dataset" d ON d.id = i."datasetId" JOIN "Project" p ON p.id = d."projectId"
        WHERE i.id IN (${last}) GROUP BY 1) freed WHERE freed."organizationId" = o.id`,
    ...removed('Foreground', ['maskKey', 'previewKey'], sql`t."imageId" IN (${ids})`),
    ...removed('Annotation', ['objectKey'], sql`t."imageId" IN (${ids})`),
    ...letGo('Segmentation', ['overlayKey'], sql`t."imageId" IN (${ids})`),
    ...removed(
      'TrainingSamplePicture',
      ['pictureKey', 'labelsKey', 'predictionKey'],
      sql`t."runId" IN (SELECT s."runId" FROM "TrainingSource" s
        JOIN "DatasetVersionItem" i ON i."versionId" = s."versionId" WHERE i."imageId" IN (${ids}))`,
    ),
    ...exportsOf(sql`e."segmentationRunId" IN (SELECT x."runId" FROM "SegmentationRunItem" x
      JOIN "Segmentation" s ON s.id = x."segmentationId" WHERE s."imageId" IN (${ids}))`),
    discard('Image', ['originalKey'], sql`t.id IN (${last})`),
    discard('Image', ['pyramidKey', 'thumbnailKey'], sql`t.id IN (${fresh})`),
    sql`UPDATE "Image" SET "purgedAt" = ${now}, "deletedAt" = COALESCE("deletedAt", ${now}),
      "originalKey" = NULL, "pyramidKey" = NULL, "thumbnailKey" = NULL WHERE id IN (${fresh})`,
  ];
}

function trainingsOf(ids: Rows): Prisma.Sql[] {
  return [
    ...letGo('TrainingRun', ['checkpointKey'], sql`t.id IN (${ids})`),
    ...removed(
      'TrainingSamplePicture',
      ['pictureKey', 'labelsKey', 'predictionKey'],
      sql`t."runId" IN (${ids})`,
    ),
  ];
}

/** The row keeps the name of its object, which is there no more. */
function modelsOf(ids: Rows): Prisma.Sql[] {
  return [discard('ModelVersion', ['objectKey'], sql`t."modelId" IN (${ids})`)];
}

function segmentationsOf(ids: Rows, now: Date): Prisma.Sql[] {
  const keys = ['classMapKey', 'instancesKey', 'uncertaintyKey', 'cellsKey', 'cellRecordsKey', 'overlayKey'];
  return [
    sql`UPDATE "Segmentation" SET "deletedAt" = COALESCE("deletedAt", ${now}) WHERE id IN (${ids})`,
    ...letGo('Segmentation', keys, sql`t.id IN (${ids})`),
  ];
}

function exportsOf(which: Prisma.Sql): Prisma.Sql[] {
  return letGo('Export', ['objectKey'], Prisma.sql`t.id IN (SELECT e.id FROM "Export" e WHERE ${which})`);
}

/** Maps of disagreement are named within JSON. */
function comparisonsOf(ids: Rows): Prisma.Sql[] {
  return [
    sql`INSERT INTO "DiscardedObject" (key)
      SELECT (regexp_matches(i.results::text, '"(attempts/[^"]+)"', 'g'))[1] FROM "ComparisonImage" i
      WHERE i."comparisonId" IN (${ids}) ON CONFLICT DO NOTHING`,
    sql`DELETE FROM "ComparisonImage" WHERE "comparisonId" IN (${ids})`,
  ];
}

function discard(table: string, keys: readonly string[], where: Prisma.Sql): Prisma.Sql {
  const columns = Prisma.join(keys.map((key) => Prisma.raw(`t."${key}"`)));
  return sql`INSERT INTO "DiscardedObject" (key)
    SELECT DISTINCT key FROM ${Prisma.raw(`"${table}"`)} t, unnest(ARRAY[${columns}]) AS keys(key)
    WHERE ${where} AND key IS NOT NULL ON CONFLICT DO NOTHING`;
}

/** Objects go, columns become empty. */
function letGo(table: string, keys: readonly string[], where: Prisma.Sql): Prisma.Sql[] {
  const empty = Prisma.join(keys.map((key) => Prisma.raw(`"${key}" = NULL`)));
  return [discard(table, keys, where), sql`UPDATE ${Prisma.raw(`"${table}"`)} t SET ${empty} WHERE ${where}`];
}

/** Objects go, and their rows. */
function removed(table: string, keys: readonly string[], where: Prisma.Sql): Prisma.Sql[] {
  return [discard(table, keys, where), sql`DELETE FROM ${Prisma.raw(`"${table}"`)} t WHERE ${where}`];
}
