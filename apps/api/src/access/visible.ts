import { Prisma } from '@cellmixer/database';
import type { Actor } from './actor.ts';
import { placesOf } from './can.ts';

/** The types that can be asked for by id or listed, and where their rows belong. */
export const homes = {
  Organization: 'organization itself',
  Member: 'organization',
  Team: 'organization',
  Invitation: 'organization or project, managed',
  ApiKey: 'own key',
  CellLine: 'registry',
  Project: 'project itself',
  ProjectGrant: 'project',
  Sample: 'project',
  Dataset: 'dataset itself',
  Image: 'dataset',
  Foreground: 'image',
  Annotation: 'image',
  DatasetVersion: 'dataset',
  DatasetShare: 'share',
  ReviewerLink: 'dataset, managed',
  TrainingRun: 'project',
  Model: 'project',
  ModelVersion: 'model',
  SegmentationRun: 'project',
  Segmentation: 'project',
  Evaluation: 'model version',
  Comparison: 'project',
  Export: 'segmentation run',
  Job: 'project or own',
  AuditEvent: 'audit',
  Notification: 'own',
  TrashItem: 'trash',
} as const;

export type NodeType = keyof typeof homes;

export function isNodeType(name: string): name is NodeType {
  return Object.hasOwn(homes, name);
}

/** Rows that somebody deleted are hidden at once. */
const deletable: ReadonlySet<NodeType> = new Set([
  'Organization',
  'CellLine',
  'Project',
  'Sample',
  'Dataset',
  'Image',
  'Annotation',
  'TrainingRun',
  'Model',
  'SegmentationRun',
  'Segmentation',
  'Comparison',
]);

export function isDeletable(type: NodeType): boolean {
  return deletable.has(type);
}

const nothing = Prisma.sql`false`;

/** The SQL condition over `t` that holds for the rows of a type that the actor may see. */
export function visible(actor: Actor, type: NodeType): Prisma.Sql {
  let known = conditions.get(actor);
  if (known === undefined) {
    known = new Map();
    conditions.set(actor, known);
  }
  let condition = known.get(type);
  if (condition === undefined) {
    const seen = seenRows(actor, type);
    condition = deletable.has(type) ? Prisma.sql`t."deletedAt" IS NULL AND (${seen})` : seen;
    known.set(type, condition);
  }
  return condition;
}

/** Made once for each actor, since every row of a list may ask for them. */
const conditions = new WeakMap<Actor, Map<NodeType, Prisma.Sql>>();

function seenRows(actor: Actor, type: NodeType): Prisma.Sql {
  switch (homes[type]) {
    case 'organization itself':
      return anyOf('id', placesOf(actor, 'organization.see').organizations);
    case 'organization':
      return anyOf('organizationId', placesOf(actor, 'organization.see').organizations);
    case 'organization or project, managed':
      return Prisma.sql`(${anyOf('organizationId', placesOf(actor, 'organization.manage').organizations)}
        OR ${anyOf('projectId', placesOf(actor, 'project.manage').projects)})`;
    case 'registry':
      return Prisma.sql`(${anyOf('organizationId', placesOf(actor, 'registry.see').organizations)}
        OR EXISTS (${usesOfLine(actor)}))`;
    case 'project itself':
      return anyOf('id', placesOf(actor, 'project.see').projects);
    case 'project':
      return anyOf('projectId', placesOf(actor, 'project.see').projects);
    case 'dataset itself':
      return datasets(actor, 't');
    case 'dataset':
      return Prisma.sql`EXISTS (SELECT 1 FROM "Dataset" d WHERE d.id = t."datasetId"
        AND d."deletedAt" IS NULL AND ${datasets(actor, 'd')})`;
    case 'image':
      return Prisma.sql`EXISTS (SELECT 1 FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId"
        WHERE i.id = t."imageId" AND i."deletedAt" IS NULL AND d."deletedAt" IS NULL AND ${datasets(actor, 'd')})`;
    case 'model':
      return Prisma.sql`EXISTS (SELECT 1 FROM "Model" m WHERE m.id = t."modelId"
        AND m."deletedAt" IS NULL AND ${anyOf('projectId', placesOf(actor, 'project.see').projects, 'm')})`;
    case 'model version':
      return Prisma.sql`EXISTS (SELECT 1 FROM "ModelVersion" v JOIN "Model" m ON m.id = v."modelId"
        WHERE v.id = t."modelVersionId" AND m."deletedAt" IS NULL
        AND ${anyOf('projectId', placesOf(actor, 'project.see').projects, 'm')})`;
    case 'segmentation run':
      return Prisma.sql`EXISTS (SELECT 1 FROM "SegmentationRun" r WHERE r.id = t."segmentationRunId"
        AND r."deletedAt" IS NULL AND ${anyOf('projectId', placesOf(actor, 'project.see').projects, 'r')})`;
    case 'dataset, managed':
      return Prisma.sql`EXISTS (SELECT 1 FROM "Dataset" d WHERE d.id = t."datasetId"
        AND ${anyOf('projectId', placesOf(actor, 'project.manage').projects, 'd')})`;
    case 'share': {
      const { projects } = placesOf(actor, 'project.see');
      return Prisma.sql`(${anyOf('projectId', projects)} OR EXISTS (SELECT 1 FROM "Dataset" d
        WHERE d.id = t."datasetId" AND ${anyOf('projectId', projects, 'd')}))`;
    }
    case 'project or own':
      return Prisma.sql`(${anyOf('projectId', placesOf(actor, 'project.see').projects)}
        OR (t."projectId" IS NULL AND ${anyOf('organizationId', placesOf(actor, 'organization.manage').organizations)}))`;
    case 'audit':
      return Prisma.sql`(${anyOf('organizationId', placesOf(actor, 'organization.manage').organizations)}
        OR ${anyOf('projectId', placesOf(actor, 'audit.see').projects)})`;
    case 'own key':
      return Prisma.sql`(${own(actor)} OR ${anyOf('organizationId', placesOf(actor, 'organization.manage').organizations)})`;
    case 'own':
      return own(actor);
    case 'trash':
      return Prisma.sql`(${anyOf('projectId', placesOf(actor, 'decide.own').projects)}
        OR (t."projectId" IS NULL AND (${anyOf('organizationId', placesOf(actor, 'organization.manage').organizations)}
          OR (t."ownerId" = ${actor.userId}::uuid AND ${anyOf('organizationId', placesOf(actor, 'registry.see').organizations)}))))`;
  }
}

function own(actor: Actor): Prisma.Sql {
  return actor.kind === 'person' ? Prisma.sql`t."userId" = ${actor.userId}::uuid` : nothing;
}

function datasets(actor: Actor, table: 't' | 'd'): Prisma.Sql {
  const places = placesOf(actor, 'dataset.see');
  return Prisma.sql`(${anyOf('projectId', places.projects, table)} OR ${anyOf('id', places.datasets, table)})`;
}

/** Samples of a seen project or dataset that hold the line `t`: its name is seen with them. */
function usesOfLine(actor: Actor): Prisma.Sql {
  const { projects } = placesOf(actor, 'project.see');
  const places = placesOf(actor, 'dataset.see');
  return Prisma.sql`SELECT 1 FROM "SampleLine" l JOIN "Sample" s ON s.id = l."sampleId"
    WHERE l."cellLineId" = t.id AND (s."projectId" = ANY(${projects}::uuid[]) OR EXISTS (SELECT 1 FROM "Image" i
      WHERE i."sampleId" = s.id AND i."deletedAt" IS NULL AND i."datasetId" = ANY(${places.datasets}::uuid[])))`;
}

/** That a column of ours names one of these places. */
export function anyOf(
  column: string,
  ids: readonly string[],
  table: 't' | 'd' | 'm' | 'r' = 't',
): Prisma.Sql {
  if (ids.length === 0) return nothing;
  return Prisma.sql`${Prisma.raw(`${table}."${column}"`)} = ANY(${[...ids]}::uuid[])`;
}
