import { newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { ProjectNode } from '../project/project.type.ts';
import { TrainingMethodEnum } from '../training-run/training-run.type.ts';
import { ModelNode, ModelStageEnum } from './model.type.ts';

builder.queryField('models', (t) =>
  t.connection({
    type: ModelNode,
    description: `Models of a project, or of all projects that the asker sees, newest first. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, required: false, description: 'Only of this project.' }),
      stage: t.arg({
        type: [ModelStageEnum],
        required: false,
        description: 'Only models with a version in one of these stages.',
      }),
      method: t.arg({
        type: TrainingMethodEnum,
        required: false,
        description: 'Only models with a version trained so.',
      }),
      search: t.arg.string({ required: false, description: 'Part of a name.' }),
    },
    resolve: (_root, { project, stage, method, search, ...page }, context) => {
      const where = [visible(context.actor, 'Model')];
      if (project != null) where.push(Prisma.sql`t."projectId" = ${project.id}::uuid`);
      if (stage != null) {
        where.push(Prisma.sql`EXISTS (SELECT 1 FROM "ModelVersion" v
          WHERE v."modelId" = t.id AND v.stage::text = ANY(${stage}::text[]))`);
      }
      if (method != null) {
        where.push(Prisma.sql`EXISTS (SELECT 1 FROM "ModelVersion" v JOIN "TrainingRun" r ON r.id = v."trainingRunId"
          WHERE v."modelId" = t.id AND r.method::text = ${method})`);
      }
      if (search != null && search !== '') {
        const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
        where.push(Prisma.sql`t.name ILIKE ${pattern}`);
      }
      const spec = { table: 'Model', where: Prisma.join(where, ' AND '), order: newestFirst } as const;
      return rootList(context, spec, page);
    },
  }),
);
