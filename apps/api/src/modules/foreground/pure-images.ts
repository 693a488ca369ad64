import { Prisma } from '@cellmixer/database';

/** The ids of a dataset's pictures that can be read and show one line alone: those that a foreground is for. */
export function pureImages(datasetId: string | Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT i.id FROM "Image" i
    JOIN "Sample" s ON s.id = i."sampleId" AND s."deletedAt" IS NULL
    WHERE i."datasetId" = ${datasetId}::uuid AND i."deletedAt" IS NULL AND i.status = 'READY'
      AND (SELECT count(*) FROM "SampleLine" l WHERE l."sampleId" = s.id) = 1`;
}
