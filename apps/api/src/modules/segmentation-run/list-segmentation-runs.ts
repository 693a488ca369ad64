import { newestFirst, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SegmentationRunNode } from './segmentation-run.type.ts';

builder.queryField('segmentationRuns', (t) =>
  t.connection({
    type: SegmentationRunNode,
    description: `Segmentation runs of a project, newest first. ${pageWords}`,
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, description: 'Whose.' }),
      modelVersion: t.arg.globalID({
        for: ModelVersionNode,
        required: false,
        description: 'Only those by this model version.',
      }),
      status: t.arg({ type: [RunStatusEnum], required: false, description: 'Only those that stand so.' }),
    },
    resolve: (_root, { project, modelVersion, status, ...page }, context) => {
      const conditions = [
        visible(context.actor, 'SegmentationRun'),
        Prisma.sql`t."projectId" = ${project.id}::uuid`,
        ...(modelVersion == null ? [] : [Prisma.sql`t."modelVersionId" = ${modelVersion.id}::uuid`]),
        ...(status == null ? [] : [Prisma.sql`t.status = ANY(${status}::"RunStatus"[])`]),
      ];
      const where = Prisma.join(conditions, ' AND ');
      return rootList(context, { table: 'SegmentationRun', where, order: newestFirst }, page);
    },
  }),
);
