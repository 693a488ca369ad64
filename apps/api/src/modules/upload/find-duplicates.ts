import type { Transaction } from '@cellmixer/database';

interface Duplicate {
  readonly id: string;
  readonly name: string;
  readonly dataset: string;
}

/** For images that were just made: the earliest image of the project with the same announced or found checksum. */
export async function findDuplicates(
  tx: Transaction,
  projectId: string,
  imageIds: readonly string[],
): Promise<Map<string, Duplicate>> {
  const rows = await tx.$queryRaw<(Duplicate & { own: string })[]>`
    WITH project AS (
      SELECT i.id, i.name, d.name AS dataset, coalesce(i.checksum, u.checksum) AS checksum
      FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId" LEFT JOIN "Upload" u ON u.id = i."uploadId"
      WHERE d."projectId" = ${projectId}::uuid AND i."deletedAt" IS NULL AND d."deletedAt" IS NULL
    )
    SELECT DISTINCT ON (fresh.id) fresh.id AS own, other.id, other.name, other.dataset
    FROM project fresh JOIN project other ON other.checksum = fresh.checksum AND other.id < fresh.id
    WHERE fresh.id = ANY(${[...imageIds]}::uuid[]) ORDER BY fresh.id, other.id`;
  return new Map(rows.map(({ own, ...other }) => [own, other]));
}
