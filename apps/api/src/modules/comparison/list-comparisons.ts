import { newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { ComparisonNode } from './comparison.type.ts';

builder.queryField('comparisons', (t) =>
  t.connection({
    type: ComparisonNode,
    description: `Comparisons of a project, newest first. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, description: 'Whose.' }),
      modelVersion: t.arg.globalID({
        for: ModelVersionNode,
        required: false,
        description: 'Only those that this model version is in.',
      }),
    },
    resolve: (_root, { project, modelVersion, ...page }, context) => {
      const conditions = [
        visible(context.actor, 'Comparison'),
        Prisma.sql`t."projectId" = ${project.id}::uuid`,
        ...(modelVersion == null
          ? []
          : [
              Prisma.sql`EXISTS (SELECT 1 FROM "ComparisonEntry" e
                WHERE e."comparisonId" = t.id AND e."modelVersionId" = ${modelVersion.id}::uuid)`,
            ]),
      ];
      const where = Prisma.join(conditions, ' AND ');
      return rootList(context, { table: 'Comparison', where, order: newestFirst }, page);
    },
  }),
);
