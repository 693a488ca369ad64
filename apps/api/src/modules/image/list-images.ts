import { newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SampleNode } from '../sample/sample.type.ts';
import { ImageNode } from './image.type.ts';
import { ImageFilterInput, imageCondition } from './image-filter.ts';

builder.queryField('images', (t) =>
  t.connection({
    type: ImageNode,
    description: `Images that the asker may see, newest first. ${pageWords}`,
    extensions: { rule: 'dataset.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, required: false, description: 'Those of a project.' }),
      dataset: t.arg.globalID({ for: DatasetNode, required: false, description: 'Those of a dataset.' }),
      sample: t.arg.globalID({ for: SampleNode, required: false, description: 'Those of a sample.' }),
      filter: t.arg({ type: ImageFilterInput, required: false, description: 'Which of them.' }),
    },
    resolve: (_root, { project, dataset, sample, filter, ...page }, context) => {
      const conditions = [imageCondition(context.actor, filter)];
      if (project != null)
        conditions.push(Prisma.sql`t."datasetId" IN
          (SELECT d.id FROM "Dataset" d WHERE d."projectId" = ${uuidOf(project)}::uuid)`);
      if (dataset != null) conditions.push(Prisma.sql`t."datasetId" = ${uuidOf(dataset)}::uuid`);
      if (sample != null)
        conditions.push(Prisma.sql`t."sampleId" IN (SELECT t.id FROM "Sample" t
          WHERE t.id = ${uuidOf(sample)}::uuid AND ${visible(context.actor, 'Sample')})`);
      return rootList(
        context,
        { table: 'Image', where: Prisma.join(conditions, ' AND '), order: newestFirst },
        page,
      );
    },
  }),
);
