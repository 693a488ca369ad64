import { Prisma } from '@cellmixer/database';
import type { Actor } from '../../access/actor.ts';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { searchPattern } from '../../graphql/search-pattern.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ControlRoleEnum } from './sample.type.ts';

/** Which samples are meant. */
export const SampleFilterInput = builder.inputType('SampleFilter', {
  description: 'Which samples are meant. What is left out does not matter; everything given must hold.',
  fields: (t) => ({
    cellLines: t.globalIDList({
      for: CellLineNode,
      required: false,
      description: 'One of these lines was seeded.',
    }),
    homogeneous: t.boolean({ required: false, description: 'True: one line alone; false: several.' }),
    controls: t.field({ type: [ControlRoleEnum], required: false, description: 'One of these roles.' }),
    plate: t.string({ required: false, description: 'Plate, as it is written there.' }),
    well: t.string({ required: false, description: 'Well, such as C7.' }),
    replicate: t.string({ required: false, description: 'Biological replicate.' }),
    treatment: t.string({ required: false, description: 'Treatment, as it is written there.' }),
    search: t.string({ required: false, description: 'Part of name, plate, well or treatment.' }),
  }),
});

type SampleFilter = typeof SampleFilterInput.$inferInput;

/** The condition over `t`, a sample that the actor may see. */
export function sampleCondition(actor: Actor, filter: SampleFilter | null | undefined): Prisma.Sql {
  const seen = visible(actor, 'Sample');
  const also = sampleFilter(filter);
  return also === undefined ? seen : Prisma.sql`${seen} AND ${also}`;
}

/** The condition over `t`, a sample, whoever asks; undefined where all are meant. */
export function sampleFilter(filter: SampleFilter | null | undefined): Prisma.Sql | undefined {
  const conditions: Prisma.Sql[] = [];
  const { cellLines, homogeneous, controls, plate, well, replicate, treatment, search } = filter ?? {};
  if (cellLines != null)
    conditions.push(Prisma.sql`t.id IN (SELECT l."sampleId" FROM "SampleLine" l
      WHERE l."cellLineId" = ANY(${cellLines.map(uuidOf)}::uuid[]))`);
  if (homogeneous != null) {
    const sign = Prisma.raw(homogeneous ? '= 1' : '> 1');
    conditions.push(Prisma.sql`(SELECT count(*) FROM "SampleLine" l WHERE l."sampleId" = t.id) ${sign}`);
  }
  if (controls != null)
    conditions.push(Prisma.sql`t.control = ANY(${[...new Set(controls)]}::"ControlRole"[])`);
  if (plate != null) conditions.push(Prisma.sql`t.plate = ${plate.trim()}`);
  if (well != null) conditions.push(Prisma.sql`upper(t.well) = upper(${well.trim()})`);
  if (replicate != null) conditions.push(Prisma.sql`t.replicate = ${replicate.trim()}`);
  if (treatment != null) conditions.push(Prisma.sql`t.treatment = ${treatment.trim()}`);
  if (search != null) {
    const pattern = searchPattern(search);
    conditions.push(Prisma.sql`(t.name ILIKE ${pattern} OR t.plate ILIKE ${pattern}
      OR t.well ILIKE ${pattern} OR t.treatment ILIKE ${pattern})`);
  }
  return conditions.length === 0 ? undefined : Prisma.join(conditions, ' AND ');
}

/** Samples, `t`, that images of a dataset show: one look at its images for each sample, however many images it has. */
export function withImagesIn(datasetId: string | Prisma.Sql): Prisma.Sql {
  const images = Prisma.sql`"Image" i WHERE i."datasetId" = ${datasetId}::uuid AND i."deletedAt" IS NULL`;
  return Prisma.sql`t.id = ANY(ARRAY(WITH RECURSIVE shown(id) AS (
    (SELECT i."sampleId" FROM ${images} AND i."sampleId" IS NOT NULL ORDER BY i."sampleId" LIMIT 1)
    UNION ALL
    SELECT (SELECT i."sampleId" FROM ${images} AND i."sampleId" > shown.id ORDER BY i."sampleId" LIMIT 1)
    FROM shown WHERE shown.id IS NOT NULL
  ) SELECT id FROM shown))`;
}
