import { Prisma, readRows, type TrainingRun, uuidList } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { type NullSplitLine, nullSplitLines } from './null-split-lines.ts';
import { TrainingRunNode } from './training-run.type.ts';

const LineType = builder.objectRef<NullSplitLine>('NullSplitLine').implement({
  description: 'A line that a model version was trained on, as the one of a null split.',
  fields: (t) => ({
    cellLine: t.field({
      type: CellLineNode,
      nullable: true,
      description: 'The line; null where it was deleted.',
      resolve: ({ cellLineId }, _args, context) => orNull(CellLineNode, context, cellLineId),
    }),
    name: t.exposeString('name', { description: 'Its name when the snapshot was taken.' }),
    pictures: t.exposeInt('pictures', { description: 'Pictures of named replicates.' }),
    replicates: t.exposeInt('replicates', {
      description: 'Replicates with pictures; samples count where no replicate was named.',
    }),
    possible: t.exposeBoolean('possible', {
      description: 'Whether they can be dealt into two halves of two pictures or more.',
    }),
  }),
});

builder.objectFields(ModelVersionNode, (t) => ({
  nullSplit: t.field({
    type: TrainingRunNode,
    nullable: true,
    description: 'The null split of it that was started last; null where there is none.',
    resolve: (row, _args, context) =>
      loadTogether(context, 'null splits', row.id, async (ids) => {
        const rows = await readRows<TrainingRun>(
          context.database,
          Prisma.sql`SELECT DISTINCT ON (t."nullSplitOfId") t.* FROM "TrainingRun" t
            WHERE t."nullSplitOfId" = ANY(${uuidList(ids)}::uuid[]) AND ${visible(context.actor, 'TrainingRun')}
            ORDER BY t."nullSplitOfId", t."createdAt" DESC, t.id DESC`,
        );
        const byVersion = new Map(rows.map((run) => [run.nullSplitOfId, run]));
        return new Map(ids.map((id) => [id, byVersion.get(id) ?? null]));
      }),
  }),
  nullSplitLines: t.field({
    type: [LineType],
    description: 'The lines that a null split of it may take, those with the most pictures first.',
    resolve: async (row, _args, context) => [
      ...(await loadTogether(context, 'lines of null splits', row.id, (ids) =>
        nullSplitLines(context.database, ids),
      )),
    ],
  }),
}));
