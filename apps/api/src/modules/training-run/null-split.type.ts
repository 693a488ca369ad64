import { builder } from '../../graphql/builder.ts';
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
      resolve: ({ cellLineId }) => cellLineId,
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
  nullSplit: t.loadable({
    type: TrainingRunNode,
    nullable: true,
    description: 'The null split of it that was started last; null where there is none.',
    load: async (ids: string[], { database }) => {
      const rows = await database.trainingRun.findMany({
        where: { nullSplitOfId: { in: ids }, deletedAt: null },
        orderBy: [{ nullSplitOfId: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
        distinct: ['nullSplitOfId'],
      });
      const byVersion = new Map(rows.map((row) => [row.nullSplitOfId, row.id]));
      return ids.map((id) => (byVersion.get(id) ?? null) as never);
    },
    resolve: (row) => row.id,
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
