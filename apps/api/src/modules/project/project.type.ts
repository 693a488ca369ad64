import { byName, type Project } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { ComparisonNode } from '../comparison/comparison.type.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ModelNode } from '../model/model.type.ts';
import { SampleNode } from '../sample/sample.type.ts';
import { SampleFilterInput, sampleFilter } from '../sample/sample-filter.ts';
import { samplesOf } from '../sample/table/read-written-rows.ts';
import { writeTable } from '../sample/table/write-table.ts';
import { SegmentationRunNode } from '../segmentation-run/segmentation-run.type.ts';
import { TrainingRunNode } from '../training-run/training-run.type.ts';

export const ProjectNode = defineNode<Project>('Project');

ProjectNode.implement({
  description: 'Where work happens: pictures, trainings, models, results.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    description: t.exposeString('description', { description: 'What it is about.' }),
    revision: t.exposeInt('revision', { description: 'Counts the changes.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    organizationId: t.id({
      description: 'The lab that it belongs to; `node` gives it.',
      resolve: (row) => encodeGlobalID('Organization', row.organizationId),
    }),
    viewerCanEdit: t.boolean({
      description: 'Whether the asker may upload, label and tune.',
      resolve: (row, _args, { actor }) => can(actor, 'data.edit', { projectId: row.id }),
    }),
    datasets: t.connection({
      type: DatasetNode,
      description: `Datasets, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('Dataset', 'projectId'), row, args),
    }),
    samplesCsv: t.string({
      nullable: true,
      description:
        'A row for each sample, as importSamples takes it back: to be edited in a spreadsheet. Null for those whom data is lent to.',
      resolve: async (row, _args, context) =>
        can(context.actor, 'project.see', { projectId: row.id })
          ? writeTable(await samplesOf(context, 'Project', row.id), false)
          : null,
    }),
    samples: t.connection({
      type: SampleNode,
      description: `Samples, by name. ${pageWords}`,
      args: { filter: t.arg({ type: SampleFilterInput, required: false, description: 'Which of them.' }) },
      resolve: (row, { filter, ...page }, context) => {
        const also = sampleFilter(filter);
        return listUnder(context, { table: 'Sample', also, order: byName, parent: 'projectId' }, row, page);
      },
    }),
    trainingRuns: t.connection({
      type: TrainingRunNode,
      description: `Trainings, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('TrainingRun', 'projectId'), row, args),
    }),
    models: t.connection({
      type: ModelNode,
      description: `Models, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('Model', 'projectId'), row, args),
    }),
    segmentationRuns: t.connection({
      type: SegmentationRunNode,
      description: `Segmentation runs, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('SegmentationRun', 'projectId'), row, args),
    }),
    comparisons: t.connection({
      type: ComparisonNode,
      description: `Saved comparisons, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('Comparison', 'projectId'), row, args),
    }),
  }),
});

builder.queryField('project', (t) =>
  t.field({
    type: ProjectNode,
    nullable: true,
    description: 'A project by its id.',
    extensions: { rule: 'project.see' },
    args: { id: t.arg.globalID({ for: ProjectNode }) },
    resolve: (_root, { id }) => id.id,
  }),
);
