import type { Transaction } from '@cellmixer/database';
import { timePointEnding } from '@cellmixer/sample-names';
import type { Known, KnownImage, KnownSample, SeededLine } from './plan-import.ts';
import type { ReadRow } from './read-row.ts';

interface Place {
  readonly organizationId: string;
  readonly projectId: string;
  /** Where files are looked for; null where rows name none. */
  readonly datasetId: string | null;
}

/** Reads what the rows speak of: their images, their samples, and the lab's lines. */
export async function readKnown(
  tx: Transaction,
  { organizationId, projectId, datasetId }: Place,
  rows: readonly ReadRow[],
  registerLines: boolean,
): Promise<Known> {
  const files = [...new Set(rows.flatMap((row) => row.file ?? []))];
  const images =
    datasetId === null
      ? []
      : await tx.$queryRaw<KnownImage[]>`
        SELECT id, name, "sampleId" FROM "Image"
        WHERE "datasetId" = ${datasetId}::uuid AND "deletedAt" IS NULL AND (name = ANY(${files})
          OR ("timePoint" IS NOT NULL AND regexp_replace(name, ${timePointEnding}, '') = ANY(${files})))`;
  // A row that names a file alone may mean the sample of its plate and well: all names are looked at.
  const samples = await tx.$queryRaw<(KnownSample['fields'] & { id: string; name: string })[]>`
    SELECT id, name, plate, well, replicate, passage, treatment, dose, "doseUnit", "timePoint", control::text AS control
    FROM "Sample" WHERE "projectId" = ${projectId}::uuid AND "deletedAt" IS NULL`;
  const seeded = await tx.$queryRaw<(SeededLine & { sampleId: string })[]>`
    SELECT l."sampleId", l."cellLineId", l.fraction, c.name FROM "SampleLine" l
    JOIN "Sample" s ON s.id = l."sampleId" JOIN "CellLine" c ON c.id = l."cellLineId"
    WHERE s."projectId" = ${projectId}::uuid AND s."deletedAt" IS NULL`;
  const linesOf = Map.groupBy(seeded, (line) => line.sampleId);
  const lines = await tx.cellLine.findMany({
    where: { organizationId, deletedAt: null },
    select: { id: true, name: true, accession: true },
  });
  return {
    samples: samples.map(({ id, name, ...fields }) => ({ id, name, fields, lines: linesOf.get(id) ?? [] })),
    images,
    lines,
    registerLines,
  };
}
