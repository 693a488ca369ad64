import { halveReplicates } from '@cellmixer/cellmixer/card';
import type { Database } from '@cellmixer/database';

interface Picture {
  readonly id: string;
  readonly cellLineId: string;
  readonly name: string;
  readonly colour: string;
  readonly replicate: string | null;
}

/** A line that a model version was trained on, and whether its replicates can be dealt into two halves. */
export interface NullSplitLine {
  readonly cellLineId: string;
  readonly name: string;
  readonly colour: string;
  readonly pictures: number;
  readonly replicates: number;
  readonly possible: boolean;
}

/** The lines of model versions, those with the most pictures of named replicates first. */
export async function nullSplitLines(
  database: Pick<Database, '$queryRaw'>,
  ids: readonly string[],
): Promise<Map<string, readonly NullSplitLine[]>> {
  const pictures = await database.$queryRaw<Picture[]>`
    SELECT m.id::text AS id, l.id::text AS "cellLineId", coalesce(i."lineName", l.name) AS name, l.colour,
      coalesce(i.replicate, i."sampleName") AS replicate
    FROM "ModelVersion" m JOIN "TrainingSource" s ON s."runId" = m."trainingRunId"
    JOIN "CellLine" l ON l.id = s."cellLineId"
    JOIN "DatasetVersionItem" i ON i."versionId" = s."versionId" AND i."cellLineId" = s."cellLineId"
    JOIN "Image" image ON image.id = i."imageId" AND image."deletedAt" IS NULL AND image.status = 'READY'
    WHERE m.id = ANY(${[...ids]}::uuid[]) AND i."foregroundDecision" IS DISTINCT FROM 'REJECTED'
    ORDER BY i.checksum, i.id`;
  const byVersion = Map.groupBy(pictures, ({ id }) => id);
  return new Map(ids.map((id) => [id, linesOf(byVersion.get(id) ?? [])]));
}

function linesOf(pictures: readonly Picture[]): NullSplitLine[] {
  const lines = [...Map.groupBy(pictures, ({ cellLineId }) => cellLineId)].map(([cellLineId, own]) => {
    const named = own.filter(({ replicate }) => replicate !== null);
    return {
      cellLineId,
      name: own[0]?.name ?? '',
      colour: own[0]?.colour ?? '',
      pictures: named.length,
      replicates: new Set(named.map(({ replicate }) => replicate)).size,
      possible: halveReplicates(own) !== null,
    };
  });
  return lines.sort((a, b) => b.pictures - a.pictures || (a.name < b.name ? -1 : 1));
}
