import { Prisma } from '@cellmixer/database';

/** Something that rows depend on, or are stopped by, counted over the ids of a deletion. */
export interface Dependent {
  readonly one: string;
  readonly many: string;
  /** What one and several of them do with the thing, before its name. */
  readonly verb: readonly [string, string];
  /** A number, over `ids`. */
  readonly count: (ids: Prisma.Sql) => Prisma.Sql;
}

export interface Deletable {
  /** As people call one and several of them. */
  readonly one: string;
  readonly many: string;
  /** Over `t`, its row: lab, project (null: the thing hangs in the lab itself), maker, name. */
  readonly place: {
    readonly joins: Prisma.Sql;
    readonly organizationId: Prisma.Sql;
    readonly projectId: Prisma.Sql;
    readonly ownerId: Prisma.Sql;
    readonly name: Prisma.Sql;
  };
  /** What goes with it, or uses it and stays. */
  readonly dependents: readonly Dependent[];
  /** What must go first: without the thing it would have no meaning. */
  readonly blockers: readonly Dependent[];
  /** The subjects of unfinished jobs that end with it, over `ids`; null where there are none. */
  readonly work: ((ids: Prisma.Sql) => Prisma.Sql) | null;
}

const sql = Prisma.sql;
const none = sql`NULL::uuid`;
const counter =
  (verb: Dependent['verb']) =>
  (one: string, many: string, count: Dependent['count']): Dependent => ({ one, many, verb, count });
const using = counter(['uses', 'use']);
/** Hidden with the thing, and back with it. */
const within = counter(['goes with', 'go with']);
const belonging = counter(['belongs to', 'belong to']);
const derived = counter(['comes from', 'come from']);
const showing = counter(['shows', 'show']);
const borrowing = counter(['borrows', 'borrow']);

const inProject = {
  joins: sql`JOIN "Project" p ON p.id = t."projectId"`,
  organizationId: sql`p."organizationId"`,
  projectId: sql`p.id`,
  ownerId: sql`t."createdById"`,
  name: sql`t.name`,
};
const inDataset = {
  ...inProject,
  joins: sql`JOIN "Dataset" d ON d.id = t."datasetId" JOIN "Project" p ON p.id = d."projectId"`,
};

const snapshotsOf = (ids: Prisma.Sql) => sql`SELECT count(DISTINCT x."versionId") FROM "DatasetVersionItem" x
  WHERE x."imageId" IN (${ids})`;
const segmentationRunsOf = (column: 'versions' | 'models') => (ids: Prisma.Sql) =>
  column === 'versions'
    ? sql`SELECT count(*) FROM "SegmentationRun" x JOIN "DatasetVersion" v ON v.id = x."datasetVersionId"
        WHERE v."datasetId" IN (${ids}) AND x."deletedAt" IS NULL`
    : sql`SELECT count(*) FROM "SegmentationRun" x JOIN "ModelVersion" v ON v.id = x."modelVersionId"
        WHERE v."modelId" IN (${ids}) AND x."deletedAt" IS NULL`;

/** What people can delete and restore; everything else goes with one of these. */
export const deletables = {
  Project: {
    one: 'project',
    many: 'projects',
    place: {
      ...inProject,
      joins: Prisma.empty,
      organizationId: sql`t."organizationId"`,
      projectId: none,
    },
    dependents: [
      within(
        'dataset',
        'datasets',
        (ids) =>
          sql`SELECT count(*) FROM "Dataset" x WHERE x."projectId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      within(
        'training',
        'trainings',
        (ids) =>
          sql`SELECT count(*) FROM "TrainingRun" x WHERE x."projectId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      within(
        'model',
        'models',
        (ids) =>
          sql`SELECT count(*) FROM "Model" x WHERE x."projectId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      within(
        'segmentation run',
        'segmentation runs',
        (ids) =>
          sql`SELECT count(*) FROM "SegmentationRun" x WHERE x."projectId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      borrowing(
        'project of another lab',
        'projects of other labs',
        (ids) => sql`SELECT count(DISTINCT x."projectId") FROM "DatasetShare" x
        JOIN "Dataset" d ON d.id = x."datasetId" WHERE d."projectId" IN (${ids}) AND x.status = 'ACCEPTED'`,
      ),
    ],
    blockers: [],
    work: (ids) =>
      sql`SELECT x."subjectId" FROM "Job" x WHERE x."projectId" IN (${ids}) AND x.kind IN ('TRAIN', 'SEGMENT', 'EVALUATE', 'COMPARE', 'EXPORT')`,
  },
  Dataset: {
    one: 'dataset',
    many: 'datasets',
    place: inProject,
    dependents: [
      within(
        'image',
        'images',
        (ids) =>
          sql`SELECT count(*) FROM "Image" x WHERE x."datasetId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      within(
        'snapshot',
        'snapshots',
        (ids) => sql`SELECT count(*) FROM "DatasetVersion" x WHERE x."datasetId" IN (${ids})`,
      ),
      using(
        'training',
        'trainings',
        (ids) => sql`SELECT count(DISTINCT x."runId") FROM "TrainingSource" x
        JOIN "DatasetVersion" v ON v.id = x."versionId" JOIN "TrainingRun" r ON r.id = x."runId"
        WHERE v."datasetId" IN (${ids}) AND r."deletedAt" IS NULL`,
      ),
      using('segmentation run', 'segmentation runs', segmentationRunsOf('versions')),
      borrowing(
        'project',
        'projects',
        (ids) => sql`SELECT count(*) FROM "DatasetShare" x
        WHERE x."datasetId" IN (${ids}) AND x.status = 'ACCEPTED'`,
      ),
    ],
    blockers: [],
    work: null,
  },
  Image: {
    one: 'image',
    many: 'images',
    place: inDataset,
    dependents: [
      using('snapshot', 'snapshots', snapshotsOf),
      using(
        'training',
        'trainings',
        (ids) => sql`SELECT count(DISTINCT x."runId") FROM "TrainingSource" x
        JOIN "DatasetVersionItem" i ON i."versionId" = x."versionId" AND i."cellLineId" = x."cellLineId"
        JOIN "TrainingRun" r ON r.id = x."runId" WHERE i."imageId" IN (${ids}) AND r."deletedAt" IS NULL`,
      ),
      using(
        'segmentation',
        'segmentations',
        (ids) =>
          sql`SELECT count(*) FROM "Segmentation" x WHERE x."imageId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
    ],
    blockers: [],
    work: null,
  },
  Sample: {
    one: 'sample',
    many: 'samples',
    place: inProject,
    dependents: [
      showing(
        'image',
        'images',
        (ids) => sql`SELECT count(*) FROM "Image" x WHERE x."sampleId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
    ],
    blockers: [],
    work: null,
  },
  CellLine: {
    one: 'cell line',
    many: 'cell lines',
    place: { ...inProject, joins: Prisma.empty, organizationId: sql`t."organizationId"`, projectId: none },
    dependents: [
      derived(
        'derived line',
        'derived lines',
        (ids) =>
          sql`SELECT count(*) FROM "CellLine" x WHERE x."parentId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
      using(
        'training',
        'trainings',
        (ids) => sql`SELECT count(DISTINCT x."runId") FROM "TrainingSource" x
        JOIN "TrainingRun" r ON r.id = x."runId" WHERE x."cellLineId" IN (${ids}) AND r."deletedAt" IS NULL`,
      ),
    ],
    blockers: [
      using(
        'sample',
        'samples',
        (ids) => sql`SELECT count(DISTINCT s.id) FROM "SampleLine" x JOIN "Sample" s ON s.id = x."sampleId"
        JOIN "Project" p ON p.id = s."projectId" WHERE x."cellLineId" IN (${ids}) AND s."deletedAt" IS NULL AND p."deletedAt" IS NULL`,
      ),
    ],
    work: null,
  },
  TrainingRun: {
    one: 'training',
    many: 'trainings',
    place: inProject,
    dependents: [
      derived(
        'model version',
        'model versions',
        (ids) => sql`SELECT count(*) FROM "ModelVersion" x WHERE x."trainingRunId" IN (${ids})`,
      ),
      belonging(
        'baseline',
        'baselines',
        (ids) =>
          sql`SELECT count(*) FROM "TrainingRun" x WHERE x."baselineOfId" IN (${ids}) AND x."deletedAt" IS NULL`,
      ),
    ],
    blockers: [],
    // Its baseline waits or runs for nothing without it.
    work: (ids) => sql`${ids} UNION SELECT x.id FROM "TrainingRun" x WHERE x."baselineOfId" IN (${ids})`,
  },
  Model: {
    one: 'model',
    many: 'models',
    place: inProject,
    dependents: [
      within(
        'version',
        'versions',
        (ids) => sql`SELECT count(*) FROM "ModelVersion" x WHERE x."modelId" IN (${ids})`,
      ),
      within(
        'evaluation',
        'evaluations',
        (ids) => sql`SELECT count(*) FROM "Evaluation" x JOIN "ModelVersion" v ON v.id = x."modelVersionId"
        WHERE v."modelId" IN (${ids})`,
      ),
    ],
    blockers: [
      using('segmentation run', 'segmentation runs', segmentationRunsOf('models')),
      using(
        'comparison',
        'comparisons',
        (ids) => sql`SELECT count(DISTINCT c.id) FROM "ComparisonEntry" x
        JOIN "ModelVersion" v ON v.id = x."modelVersionId" JOIN "Comparison" c ON c.id = x."comparisonId"
        WHERE v."modelId" IN (${ids}) AND c."deletedAt" IS NULL`,
      ),
    ],
    work: (ids) => sql`SELECT x.id FROM "TrainingRun" x JOIN "ModelVersion" v ON v.id = x."nullSplitOfId"
      WHERE v."modelId" IN (${ids})`,
  },
  SegmentationRun: {
    one: 'segmentation run',
    many: 'segmentation runs',
    place: {
      ...inProject,
      joins: sql`JOIN "Project" p ON p.id = t."projectId" JOIN "ModelVersion" v ON v.id = t."modelVersionId"
        JOIN "Model" m ON m.id = v."modelId"`,
      name: sql`m.name || ' v' || v.number || ' over ' || t.total || ' images'`,
    },
    dependents: [
      belonging(
        'segmentation',
        'segmentations',
        (ids) => sql`SELECT count(*) FROM "SegmentationRunItem" x WHERE x."runId" IN (${ids})`,
      ),
      within(
        'file of results',
        'files of results',
        (ids) =>
          sql`SELECT count(*) FROM "Export" x WHERE x."segmentationRunId" IN (${ids}) AND x."objectKey" IS NOT NULL`,
      ),
    ],
    blockers: [],
    work: onlyOf,
  },
  Segmentation: {
    one: 'segmentation',
    many: 'segmentations',
    place: {
      ...inProject,
      joins: sql`JOIN "Project" p ON p.id = t."projectId" JOIN "Image" i ON i.id = t."imageId"`,
      ownerId: sql`(SELECT r."createdById" FROM "SegmentationRunItem" x JOIN "SegmentationRun" r ON r.id = x."runId"
        WHERE x."segmentationId" = t.id ORDER BY r."createdAt" LIMIT 1)`,
      name: sql`i.name`,
    },
    dependents: [
      within(
        'revision of corrections',
        'revisions of corrections',
        (ids) => sql`SELECT count(*) FROM "Correction" x WHERE x."segmentationId" IN (${ids})`,
      ),
      showing(
        'segmentation run',
        'segmentation runs',
        (ids) => sql`SELECT count(DISTINCT x."runId") FROM "SegmentationRunItem" x
        JOIN "SegmentationRun" r ON r.id = x."runId" WHERE x."segmentationId" IN (${ids}) AND r."deletedAt" IS NULL`,
      ),
    ],
    blockers: [],
    work: (ids) => ids,
  },
  Comparison: {
    one: 'comparison',
    many: 'comparisons',
    place: inProject,
    dependents: [],
    blockers: [],
    work: (ids) => ids,
  },
  Annotation: {
    one: 'annotation',
    many: 'annotations',
    place: {
      ...inDataset,
      joins: sql`JOIN "Image" i ON i.id = t."imageId" JOIN "Dataset" d ON d.id = i."datasetId"
        JOIN "Project" p ON p.id = d."projectId"`,
      name: sql`i.name || ', revision ' || t.revision`,
    },
    dependents: [
      using(
        'snapshot',
        'snapshots',
        (ids) => sql`SELECT count(*) FROM "DatasetVersionItem" x JOIN "Annotation" a
        ON a."imageId" = x."imageId" AND a.revision = x."annotationRevision" WHERE a.id IN (${ids})`,
      ),
    ],
    blockers: [],
    work: null,
  },
} as const satisfies Record<string, Deletable>;

export type DeletableType = keyof typeof deletables;

export function isDeletable(type: string): type is DeletableType {
  return Object.hasOwn(deletables, type);
}

/** The segmentations of runs that no other run has. */
function onlyOf(runs: Prisma.Sql): Prisma.Sql {
  return sql`SELECT x."segmentationId" FROM "SegmentationRunItem" x WHERE x."runId" IN (${runs})
    AND NOT EXISTS (SELECT 1 FROM "SegmentationRunItem" other JOIN "SegmentationRun" r ON r.id = other."runId"
      WHERE other."segmentationId" = x."segmentationId" AND r."deletedAt" IS NULL AND r.id NOT IN (${runs}))`;
}
