import type { PageRequest, Sample } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { readsOf } from '../../graphql/columns.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { linesOfSample } from './lines-of-sample.ts';

export const SampleNode = defineNode<Sample>('Sample');
const reads = readsOf<Sample>('Sample');

export const ControlRoleEnum = builder.enumType('ControlRole', {
  description: 'What a culture is compared with.',
  values: {
    NONE: { description: 'It is no control.' },
    PURE: { description: 'One line alone, beside mixtures.' },
    UNTREATED: { description: 'As the others, without the treatment.' },
    BLANK: { description: 'No cells.' },
  } as const,
});

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
    project: t.field({
      type: ProjectNode,
      description: 'Where it belongs.',
      resolve: reads('projectId')((row) => row.projectId),
    }),
    plate: t.exposeString('plate', { nullable: true, description: 'Plate or dish.' }),
    well: t.exposeString('well', { nullable: true, description: 'Well, such as C7.' }),
    replicate: t.exposeString('replicate', { nullable: true, description: 'Biological replicate.' }),
    passage: t.exposeInt('passage', { nullable: true, description: 'Passage number.' }),
    treatment: t.exposeString('treatment', { nullable: true, description: 'What was added.' }),
    dose: t.exposeFloat('dose', { nullable: true, description: 'How much of it, in doseUnit.' }),
    doseUnit: t.exposeString('doseUnit', { nullable: true, description: 'Unit of the dose, such as µM.' }),
    timeHours: t.exposeFloat('timePoint', {
      nullable: true,
      description: 'Hours since the start of the experiment.',
    }),
    control: t.expose('control', { type: ControlRoleEnum, description: 'What it is compared with.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    lines: t.field({
      type: [SeededLineType],
      description: 'What was seeded; one line makes a homogeneous sample.',
      resolve: reads('id')(({ id }, _args, context) => linesOfSample(context, id)),
    }),
    images: t.connection({
      type: ImageNode,
      description: `Pictures of it, newest first. ${pageWords}`,
      resolve: reads('id')((row, args: PageRequest, context) =>
        listUnder(context, newest('Image', 'sampleId'), row, args),
      ),
    }),
  }),
});
