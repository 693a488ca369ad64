import type { DatasetVersion, Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';

export const DatasetVersionNode = defineNode<DatasetVersion>('DatasetVersion');

interface Population {
  readonly versionId: string;
  readonly lineName: string | null;
  readonly cellLineId: string | null;
  readonly images: number;
}

const PopulationType = builder.objectRef<Population>('Population').implement({
  description: 'The images of a snapshot that show one line alone, or the mixtures.',
  fields: (t) => ({
    name: t.exposeString('lineName', {
      nullable: true,
      description: 'The line as it was named; null: mixtures.',
    }),
    cellLine: t.field({
      type: CellLineNode,
      nullable: true,
      description: 'The line as it is now; null: mixtures, or a line that is gone.',
      resolve: (row, _args, context) => orNull(CellLineNode, context, row.cellLineId),
    }),
    images: t.exposeInt('images', { description: 'How many images.' }),
  }),
});

DatasetVersionNode.implement({
  description: 'An immutable snapshot of a dataset.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts from 1 in its dataset.' }),
    note: t.exposeString('note', { description: 'Why it was taken.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was taken.' }),
    withdrawn: t.int({
      description: 'How many of its images were deleted since; trainings and segmentations leave them out.',
      resolve: ({ id }, _args, context) =>
        countItems(context, id, 'withdrawn', { image: { deletedAt: { not: null } } }),
    }),
    annotatedImages: t.int({
      description: 'How many of its images came with a ground truth, on which a model can be judged.',
      resolve: ({ id }, _args, context) =>
        countItems(context, id, 'annotated', {
          annotationRevision: { not: null },
          image: { deletedAt: null },
        }),
    }),
    populations: t.field({
      type: [PopulationType],
      description: 'How many images of which line.',
      resolve: (version, _args, context) =>
        loadTogether(context, 'populations of versions', version.id, async (ids) => {
          const groups = await context.database.datasetVersionItem.groupBy({
            by: ['versionId', 'cellLineId', 'lineName'],
            where: { versionId: { in: [...ids] } },
            _count: true,
            orderBy: { lineName: 'asc' },
          });
          const populations = groups.map(({ _count, ...group }) => ({ ...group, images: _count }));
          const byVersion = Map.groupBy(populations, (row) => row.versionId);
          return new Map(ids.map((id) => [id, byVersion.get(id) ?? []]));
        }),
    }),
  }),
});

/** How many items of a version are so; one statement for all versions of a request. */
function countItems(context: Context, id: string, which: string, where: Prisma.DatasetVersionItemWhereInput) {
  return loadTogether(context, `${which} items of versions`, id, async (ids) => {
    const groups = await context.database.datasetVersionItem.groupBy({
      by: ['versionId'],
      where: { versionId: { in: [...ids] }, ...where },
      _count: true,
    });
    const byId = new Map(groups.map(({ versionId, _count }) => [versionId, _count]));
    return new Map(ids.map((version) => [version, byId.get(version) ?? 0]));
  });
}
