import { Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ImageStatusEnum } from './image-status.ts';

interface Group {
  readonly datasetId: string;
  readonly status: typeof ImageStatusEnum.$inferType;
  readonly population: 'PURE' | 'MIXED' | 'UNLABELLED';
  readonly cellLineId: string | null;
  readonly count: number;
}

const CountByStatus = builder
  .objectRef<{ readonly status: Group['status']; readonly images: number }>('ImageCountByStatus')
  .implement({
    description: 'Images of one status.',
    fields: (t) => ({
      status: t.expose('status', { type: ImageStatusEnum, description: 'Whether they can be used.' }),
      images: t.exposeInt('images', { description: 'How many.' }),
    }),
  });

const PopulationKindEnum = builder.enumType('PopulationKind', {
  description: 'What a group of pictures shows.',
  values: ['PURE', 'MIXED', 'UNLABELLED'] as const,
});

type Population = Pick<Group, 'population' | 'cellLineId'> & { readonly images: number };

const CountByPopulation = builder.objectRef<Population>('ImageCountByPopulation').implement({
  description: 'Images of one line alone, of mixtures, or without a label.',
  fields: (t) => ({
    kind: t.expose('population', { type: PopulationKindEnum, description: 'What they show.' }),
    cellLine: t.field({
      type: CellLineNode,
      nullable: true,
      description: 'The line, of pure cultures; null also where it was deleted.',
      resolve: (row, _args, context) => orNull(CellLineNode, context, row.cellLineId),
    }),
    images: t.exposeInt('images', { description: 'How many.' }),
  }),
});

export const ImageCounts = builder.objectRef<readonly Group[]>('ImageCounts').implement({
  description: 'How many images there are.',
  fields: (t) => ({
    total: t.int({ description: 'All of them.', resolve: (groups) => sum(groups) }),
    byStatus: t.field({
      type: [CountByStatus],
      description: 'Those of each status, where there are some.',
      resolve: (groups) =>
        [...Map.groupBy(groups, (group) => group.status)].map(([status, own]) => ({
          status,
          images: sum(own),
        })),
    }),
    byPopulation: t.field({
      type: [CountByPopulation],
      description: 'Those of each line, mixtures and unlabelled ones, largest first.',
      resolve: (groups) =>
        [...Map.groupBy(groups, ({ population, cellLineId }) => `${population} ${cellLineId}`).values()]
          .map((own) => ({ ...own[0]!, images: sum(own) }))
          .toSorted((a, b) => b.images - a.images),
    }),
  }),
});

/** Counts images of a dataset by status and population; one statement for all datasets of a request. */
export function countImages(context: Context, datasetId: string, condition: Prisma.Sql) {
  const question = JSON.stringify(['count images', condition.sql, condition.values]);
  return loadTogether<readonly Group[]>(context, question, datasetId, async (ids) => {
    const groups = await context.database.$queryRaw<Group[]>(Prisma.sql`
      WITH counted AS (
        SELECT t."datasetId", t.status, t."sampleId", count(*)::int AS count FROM "Image" t
        WHERE t."datasetId" = ANY(${[...ids]}::uuid[]) AND ${condition} GROUP BY 1, 2, 3
      ), populations AS (
        SELECT l."sampleId", count(*) AS lines, (array_agg(l."cellLineId"))[1] AS line FROM "SampleLine" l
        WHERE l."sampleId" IN (SELECT "sampleId" FROM counted) GROUP BY 1
      )
      SELECT c."datasetId", c.status::text AS status,
        CASE WHEN p.lines IS NULL THEN 'UNLABELLED' WHEN p.lines = 1 THEN 'PURE' ELSE 'MIXED' END AS population,
        CASE WHEN p.lines = 1 THEN p.line END AS "cellLineId", sum(c.count)::int AS count
      FROM counted c LEFT JOIN populations p ON p."sampleId" = c."sampleId"
      GROUP BY 1, 2, 3, 4 ORDER BY 2, 3, 4`);
    const byDataset = Map.groupBy(groups, (group) => group.datasetId);
    return new Map(ids.map((id) => [id, byDataset.get(id) ?? []]));
  });
}

function sum(groups: readonly { readonly count: number }[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
