import { type Notification, newestFirst, Prisma } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { Viewer } from '../organization/viewer.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SegmentationRunNode } from '../segmentation-run/segmentation-run.type.ts';
import { TrainingRunNode } from '../training-run/training-run.type.ts';

export const NotificationNode = defineNode<Notification>('Notification');

NotificationNode.implement({
  description: 'What finished, failed, or was shared, told to one person.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'Noun and verb, such as training-run.succeeded.' }),
    text: t.exposeString('text', { description: 'The news in one sentence.' }),
    subjectId: t.id({
      description: 'The thing that it is about, for `node`; it may be gone by now.',
      resolve: (row) => encodeGlobalID(row.subjectType, row.subjectId),
    }),
    subjectType: t.exposeString('subjectType', { description: 'The type of that thing.' }),
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description:
        'The project of a run; null of other things, and where the run is gone or may not be seen.',
      resolve: async (row, _args, context) => {
        const run =
          row.subjectType === 'TrainingRun'
            ? await orNull(TrainingRunNode, context, row.subjectId)
            : row.subjectType === 'SegmentationRun'
              ? await orNull(SegmentationRunNode, context, row.subjectId)
              : null;
        return orNull(ProjectNode, context, run?.projectId ?? null);
      },
    }),
    organization: t.field({
      type: OrganizationNode,
      nullable: true,
      description: 'The lab; null for who has left it.',
      resolve: (row, _args, context) => orNull(OrganizationNode, context, row.organizationId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true, description: 'When it was read.' }),
  }),
});

builder.objectField(Viewer, 'notifications', (t) =>
  t.connection({
    type: NotificationNode,
    description: `The inbox, newest first. ${pageWords}`,
    args: { unread: t.arg.boolean({ required: false, description: 'Only what was not read.' }) },
    resolve: (context, { unread, ...page }) => {
      const seen = visible(context.actor, 'Notification');
      const where = unread ? Prisma.sql`t."readAt" IS NULL AND ${seen}` : seen;
      return rootList(context, { table: 'Notification', where, order: newestFirst }, page);
    },
  }),
);

builder.objectField(Viewer, 'unreadNotifications', (t) =>
  t.int({
    description: 'How many wait in the inbox.',
    resolve: ({ actor, database }) =>
      actor.kind === 'person' && actor.userId !== null
        ? database.notification.count({ where: { userId: actor.userId, readAt: null } })
        : 0,
  }),
);
