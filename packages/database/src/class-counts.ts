import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';

/** What was counted in one segmented image, and where the image belongs: of another lab's sample only that it is one. */
export interface ImageClassCounts {
  readonly segmentationId: string;
  readonly imageId: string;
  readonly image: string;
  /** The same for time points of one file; null where it holds one. */
  readonly seriesId: string | null;
  readonly sampleId: string | null;
  readonly sample: string | null;
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly timePoint: number | null;
  /** Cells without a class first, then those of every class. */
  readonly cells: readonly number[];
  /** Native px², in the same order. */
  readonly area: readonly number[];
}

/** That the sample `p` is of the lab of `run`: a share shows nothing of another lab's samples. */
const ofOwnLab = Prisma.sql`EXISTS (SELECT 1 FROM "Project" theirs JOIN "Project" ours USING ("organizationId")
  WHERE theirs.id = p."projectId" AND ours.id = run."projectId")`;

/**
 * The counts of every image of a run that was segmented well and is still there, by plate, well, sample and name.
 * Samples of another lab, which has lent them, are numbered, and nothing else is told of them.
 *
 * @param corrected as people have corrected them; else as the model found them
 */
export function runClassCounts(
  database: Database,
  runId: string,
  corrected: boolean,
): Promise<ImageClassCounts[]> {
  const revision = corrected ? Prisma.sql`s."correctionRevision"` : Prisma.sql`0`;
  return database.$queryRaw<ImageClassCounts[]>(Prisma.sql`
    SELECT s.id AS "segmentationId", i.id AS "imageId", i.name AS image, i."seriesId", i."sampleId",
      CASE WHEN p.id IS NULL AND i."sampleId" IS NOT NULL
        THEN 'lent sample ' || dense_rank() OVER (PARTITION BY p.id IS NULL ORDER BY i."sampleId")
        ELSE p.name END AS sample,
      p.plate, p.well, p.replicate, p.treatment, p.dose, p."doseUnit", p."timePoint", c.cells, c.area
    FROM "SegmentationRun" run JOIN "SegmentationRunItem" r ON r."runId" = run.id
    JOIN "Segmentation" s ON s.id = r."segmentationId" AND s.status = 'SUCCEEDED' AND s."deletedAt" IS NULL
    JOIN "Image" i ON i.id = s."imageId" AND i."deletedAt" IS NULL
    LEFT JOIN "Sample" p ON p.id = i."sampleId" AND ${ofOwnLab}
    CROSS JOIN LATERAL (
      SELECT array_agg(c.cells ORDER BY c.position) AS cells, array_agg(c.area ORDER BY c.position) AS area
      FROM "ClassCount" c WHERE c."segmentationId" = s.id AND c.revision = ${revision}
    ) c
    WHERE run.id = ${runId}::uuid AND c.cells IS NOT NULL
    ORDER BY p.plate NULLS LAST, p.well NULLS LAST, sample NULLS LAST, i.name, i.id`);
}

/** Seeded shares of a model's classes. */
export interface SeededShares {
  readonly sampleId: string;
  /** 0…1, in the model's order; null where a fraction was not written down. */
  readonly shares: readonly number[] | null;
}

/**
 * What was seeded in samples, by the classes of a model: the fractions of all lines that the class was trained on
 * are added. A sample of one line holds that line alone, whether or not somebody wrote 1. Of another lab's samples
 * nothing is told.
 */
export function seededShares(
  database: Database,
  run: { readonly id: string; readonly modelVersionId: string },
  sampleIds: readonly string[],
): Promise<SeededShares[]> {
  return database.$queryRaw<SeededShares[]>(Prisma.sql`
    WITH classes AS (
      SELECT c.id, c.position FROM "ModelVersion" v JOIN "TrainingClass" c ON c."runId" = v."trainingRunId"
      WHERE v.id = ${run.modelVersionId}::uuid
    ), lines AS (
      SELECT l."sampleId", l."cellLineId",
        coalesce(l.fraction, CASE WHEN count(*) OVER (PARTITION BY l."sampleId") = 1 THEN 1 END) AS fraction
      FROM "SampleLine" l JOIN "Sample" p ON p.id = l."sampleId"
      JOIN "SegmentationRun" run ON run.id = ${run.id}::uuid
      WHERE p.id = ANY(${[...sampleIds]}::uuid[]) AND ${ofOwnLab}
    )
    SELECT s."sampleId", CASE WHEN bool_and(s.known) THEN array_agg(s.share ORDER BY s.position) END AS shares
    FROM (
      SELECT samples."sampleId", classes.position,
        coalesce(sum(l.fraction) FILTER (WHERE l."cellLineId" IN (
          SELECT t."cellLineId" FROM "TrainingSource" t WHERE t."classId" = classes.id)), 0) AS share,
        bool_and(l.fraction IS NOT NULL) AS known
      FROM (SELECT DISTINCT "sampleId" FROM lines) samples
      CROSS JOIN classes
      JOIN lines l ON l."sampleId" = samples."sampleId"
      GROUP BY samples."sampleId", classes.id, classes.position
    ) s GROUP BY s."sampleId"`);
}

interface FactsRow {
  readonly id: string;
  readonly settings: Prisma.JsonValue;
  readonly model: string;
  readonly number: number;
  readonly checksum: string;
  readonly classes: string[];
  readonly training: {
    readonly method: string;
    readonly preset: string;
    readonly steps: number;
    readonly seed: number;
  } | null;
  readonly images: number;
  readonly samples: number;
  readonly correctedImages: number;
}

/** What a paper must say of runs, by their ids. */
export async function runFacts(database: Database, runIds: readonly string[]) {
  const rows = await database.$queryRaw<FactsRow[]>`
    SELECT run.id::text AS id, run.settings, m.name AS model, v.number, v.checksum, v.classes, counted.*,
      CASE WHEN t.id IS NOT NULL THEN json_build_object('method', lower(t.method::text), 'preset', t.preset,
        'steps', t.steps, 'seed', t.seed) END AS training
    FROM "SegmentationRun" run JOIN "ModelVersion" v ON v.id = run."modelVersionId"
    JOIN "Model" m ON m.id = v."modelId" LEFT JOIN "TrainingRun" t ON t.id = v."trainingRunId"
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS images, count(DISTINCT coalesce(i."sampleId", i."seriesId", i.id))::int AS samples,
        (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM "Correction" c WHERE c."segmentationId" = s.id
          AND c.revision = s."correctionRevision" AND c.cells <> '{}')))::int AS "correctedImages"
      FROM "SegmentationRunItem" r
      JOIN "Segmentation" s ON s.id = r."segmentationId" AND s.status = 'SUCCEEDED'
      JOIN "Image" i ON i.id = s."imageId" AND i."deletedAt" IS NULL
      WHERE r."runId" = run.id
    ) counted
    WHERE run.id = ANY(${[...runIds]}::uuid[])`;
  return new Map(
    rows.map(({ id, model, number, ...facts }) => [id, { ...facts, model: `“${model}” v${number}` }]),
  );
}
