import type { Database } from '@cellmixer/database';

export interface FilledDataset {
  readonly id: string;
  /** The same for the API. */
  readonly globalId: string;
  /** Who may see it. */
  readonly userId: string;
}

/**
 * Makes a dataset of many images in the lab's project: each shows one of a thousand samples of one line, and has been
 * segmented once.
 */
export async function fillImages(
  database: Database,
  projectId: string,
  userId: string,
  count: number,
): Promise<FilledDataset> {
  const { organizationId } = await database.project.findUniqueOrThrow({ where: { id: projectId } });
  const { id } = await database.dataset.create({
    data: { projectId, name: 'Many images', modality: 'PHASE_CONTRAST', createdById: userId },
  });
  const run = await database.modelVersion.findFirstOrThrow({ where: { model: { projectId } } });
  await database.$transaction(
    async (tx) => {
      await tx.$executeRaw`INSERT INTO "CellLine" (id, "organizationId", name, colour, "createdById", "updatedAt")
        SELECT gen_random_uuid(), ${organizationId}::uuid, 'Line ' || i, '#e69f00', ${userId}::uuid, now()
        FROM generate_series(1, 20) i`;
      await tx.$executeRaw`INSERT INTO "Sample" (id, "projectId", name, plate, well, "createdById", "updatedAt")
        SELECT gen_random_uuid(), ${projectId}::uuid, 'Culture ' || i, 'P' || i / 96, 'A' || i % 96, ${userId}::uuid, now()
        FROM generate_series(1, 1000) i`;
      await tx.$executeRaw`INSERT INTO "SampleLine" ("sampleId", "cellLineId")
        SELECT s.id, l.id FROM (SELECT id, row_number() OVER () AS i FROM "Sample" WHERE name LIKE 'Culture %') s
        JOIN (SELECT id, row_number() OVER () AS i FROM "CellLine" WHERE name LIKE 'Line %') l ON l.i = 1 + s.i % 20`;
      await tx.$executeRaw`INSERT INTO "Image" (id, "datasetId", "sampleId", name, "sizeBytes", "createdById", "createdAt",
          status, checksum, width, height, channels, depth, "originalKey")
        SELECT gen_random_uuid(), ${id}::uuid, s.id, 'field ' || i || '.tif', 1000000, ${userId}::uuid,
          now() - make_interval(secs => i * 0.013), 'READY', md5(i::text), 704, 520, 1, 8, 'o/' || i
        FROM generate_series(1, ${count}::int) i
        JOIN (SELECT id, row_number() OVER () AS n FROM "Sample" WHERE name LIKE 'Culture %') s ON s.n = 1 + i % 1000`;
      await tx.$executeRaw`INSERT INTO "Segmentation" (id, "projectId", "imageId", "modelVersionId", settings, "settingsHash",
          status, "cellCount", uncertainty)
        SELECT gen_random_uuid(), ${projectId}::uuid, i.id, ${run.id}::uuid, '{"threshold": 0.5}', 'h', 'SUCCEEDED', 100, 0.2
        FROM "Image" i WHERE i."datasetId" = ${id}::uuid`;
    },
    { timeout: 300_000 },
  );
  await database.$executeRawUnsafe('VACUUM ANALYZE');
  return { id, globalId: Buffer.from(`Dataset:${id}`).toString('base64'), userId };
}
