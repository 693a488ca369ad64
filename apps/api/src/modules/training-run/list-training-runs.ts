import { newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ProjectNode } from '../project/project.type.ts';
import { TrainingMethodEnum, TrainingRunNode } from './training-run.type.ts';

builder.queryField('trainingRuns', (t) =>
  t.connection({
    type: TrainingRunNode,
    description: `Trainings of a project, or of all projects that the asker sees, newest first. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, required: false, description: 'Only of this project.' }),
      status: t.arg({ type: [RunStatusEnum], required: false, description: 'Only those that stand so.' }),
      method: t.arg({ type: TrainingMethodEnum, required: false, description: 'Only of this method.' }),
      search: t.arg.string({ required: false, description: 'Part of a name.' }),
    },
    resolve: (_root, { project, status, method, search, ...page }, context) => {
      const where = [visible(context.actor, 'TrainingRun')];
      if (project != null) where.push(Prisma.sql`t."projectId" = ${project.id}::uuid`);
      if (status != null) where.push(Prisma.sql`t.status::text = ANY(${status}::text[])`);
      if (method != null) where.push(Prisma.sql`t.method::text = ${method}`);
      if (search != null && search !== '') {
        const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
        where.push(Prisma.sql`t.name ILIKE ${pattern}`);
      }
      const spec = { table: 'TrainingRun', where: Prisma.join(where, ' AND '), order: newestFirst } as const;
      return rootList(context, spec, page);
    },
  }),
);
