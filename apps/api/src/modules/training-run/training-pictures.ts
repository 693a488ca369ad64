import type {
  AcquisitionDateSource,
  Database,
  ForegroundDecision,
  ForegroundFlag,
  ImageStatus,
  Modality,
} from '@cellmixer/database';

/** A picture of a pure culture, with what decides whether a training can learn from it. */
export interface TrainingPicture {
  /** The class that it is of, from 0. */
  readonly position: number;
  readonly name: string;
  readonly status: ImageStatus;
  readonly lineName: string | null;
  readonly lineAccession: string | null;
  /** The sample, where no replicate was named. */
  readonly replicate: string | null;
  readonly plate: string | null;
  /** Of acquisition, YYYY-MM-DD. */
  readonly day: string | null;
  /** What says so; a file's own date may be that of an export. */
  readonly dayFrom: AcquisitionDateSource | null;
  readonly modality: Modality;
  readonly pixelSizeUm: number | null;
  readonly decision: ForegroundDecision | null;
  /** Null where no mask was found yet. */
  readonly flags: readonly ForegroundFlag[] | null;
  readonly objects: number | null;
}

interface Sources {
  readonly sources: readonly { readonly versionId: string; readonly cellLineId: string }[];
}

/** The pictures of classes, in one statement; those that somebody rejected or deleted are left out. */
export function picturesOfClasses(
  database: Pick<Database, '$queryRaw'>,
  classes: readonly Sources[],
): Promise<TrainingPicture[]> {
  const pairs = classes.flatMap(({ sources }, position) =>
    sources.map((source) => ({ ...source, position })),
  );
  return database.$queryRaw<TrainingPicture[]>`
    SELECT c.position, i.name, i.status::text AS status, v."lineName", v."lineAccession",
      coalesce(v.replicate, v."sampleName") AS replicate, s.plate,
      to_char(i."acquiredAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, i."acquiredFrom"::text AS "dayFrom",
      d.modality::text AS modality,
      coalesce(i."pixelSizeUm", d."pixelSizeUm") AS "pixelSizeUm", v."foregroundDecision"::text AS decision,
      f.flags::text[] AS flags, (f.quality->>'objects')::int AS objects
    FROM unnest(${pairs.map((pair) => pair.position)}::int[], ${pairs.map((pair) => pair.versionId)}::uuid[],
      ${pairs.map((pair) => pair.cellLineId)}::uuid[]) AS c(position, version, line)
    JOIN "DatasetVersionItem" v ON v."versionId" = c.version AND v."cellLineId" = c.line
    JOIN "Image" i ON i.id = v."imageId" AND i."deletedAt" IS NULL
    JOIN "Dataset" d ON d.id = i."datasetId"
    LEFT JOIN "Sample" s ON s.id = i."sampleId"
    LEFT JOIN LATERAL (SELECT * FROM "Foreground" g WHERE g."imageId" = i.id
      ORDER BY (g.id = v."foregroundId") DESC NULLS LAST, g.revision DESC LIMIT 1) f ON true
    WHERE v."foregroundDecision" IS DISTINCT FROM 'REJECTED'
    ORDER BY c.position, i.name, i.id`;
}
