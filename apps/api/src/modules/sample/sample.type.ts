import type { Sample } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';

export const SampleNode = defineNode<Sample>('Sample');

interface SeededLine {
  readonly cellLineId: string;
  readonly fraction: number | null;
}

const SeededLineType = builder.objectRef<SeededLine>('SeededLine').implement({
  description: 'A line that was seeded in a sample.',
  fields: (t) => ({
    cellLine: t.field({ type: CellLineNode, description: 'The line.', resolve: (row) => row.cellLineId }),
    fraction: t.exposeFloat('fraction', {
      nullable: true,
      description: 'Share of the seeded cells, 0 to 1, where it was written down.',
    }),
  }),
});

SampleNode.implement({
  description: 'One culture in one vessel.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the project.' }),
    plate: t.exposeString('plate', { nullable: true, description: 'Plate or dish.' }),
    well: t.exposeString('well', { nullable: true, description: 'Well, such as C7.' }),
    replicate: t.exposeString('replicate', { nullable: true, description: 'Biological replicate.' }),
    passage: t.exposeInt('passage', { nullable: true, description: 'Passage number.' }),
    treatment: t.exposeString('treatment', { nullable: true, description: 'What was added.' }),
    lines: t.loadableGroup({
      type: SeededLineType,
      description: 'What was seeded; one line makes a homogeneous sample.',
      load: (ids: string[], { database }) =>
        database.sampleLine.findMany({ where: { sampleId: { in: ids } }, orderBy: { cellLineId: 'asc' } }),
      group: (row) => (row as SeededLine & { readonly sampleId: string }).sampleId,
      resolve: (sample) => sample.id,
    }),
  }),
});
