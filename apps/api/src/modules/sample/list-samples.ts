import { byName, Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SampleNode } from './sample.type.ts';
import { SampleFilterInput, sampleCondition, withImagesIn } from './sample-filter.ts';

builder.queryField('samples', (t) =>
  t.connection({
    type: SampleNode,
    description: `Samples that the asker may see, by name. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, required: false, description: 'Those of a project.' }),
      dataset: t.arg.globalID({
        for: DatasetNode,
        required: false,
        description: 'Those with images in a dataset.',
      }),
      filter: t.arg({ type: SampleFilterInput, required: false, description: 'Which of them.' }),
    },
    resolve: (_root, { project, dataset, filter, ...page }, context) => {
      const conditions = [sampleCondition(context.actor, filter)];
      if (project != null) conditions.push(Prisma.sql`t."projectId" = ${uuidOf(project)}::uuid`);
      if (dataset != null) conditions.push(withImagesIn(uuidOf(dataset)));
      return rootList(
        context,
        { table: 'Sample', where: Prisma.join(conditions, ' AND '), order: byName },
        page,
      );
    },
  }),
);
