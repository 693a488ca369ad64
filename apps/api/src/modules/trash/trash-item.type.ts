import { Prisma, type TrashItem } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { ProjectNode } from '../project/project.type.ts';

/** Days in which what was deleted can be restored. */
export const TRASH_DAYS = 30;

export const TrashItemNode = defineNode<TrashItem>('TrashItem');

TrashItemNode.implement({
  description: `Something that was deleted; it can be restored for ${TRASH_DAYS} days, then its objects are removed.`,
  fields: (t) => ({
    subjectId: t.id({
      description: 'The id of the thing, as restoreNodes takes it.',
      resolve: (row) => encodeGlobalID(row.type, row.subjectId),
    }),
    subjectType: t.exposeString('type', { description: 'Its type.' }),
    name: t.exposeString('name', { description: 'Its name as it was.' }),
    deletedAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was deleted.' }),
    deletedBy: t.string({
      nullable: true,
      description: 'By whom; null for who has left.',
      resolve: async (row, _args, { database }) =>
        row.deletedById === null
          ? null
          : ((await database.user.findUnique({ where: { id: row.deletedById } }))?.name ?? null),
    }),
    purgedAfter: t.field({
      type: 'DateTime',
      description: 'Until when it can be restored.',
      resolve: (row) => new Date(row.createdAt.getTime() + TRASH_DAYS * 24 * 3600 * 1000),
    }),
  }),
});

builder.objectFields(ProjectNode, (t) => ({
  trash: t.connection({
    type: TrashItemNode,
    description: `What was deleted from it, the latest first; for those who may edit. ${pageWords}`,
    resolve: (row, args, context) => listUnder(context, newest('TrashItem', 'projectId'), row, args),
  }),
}));

builder.objectFields(OrganizationNode, (t) => ({
  trash: t.connection({
    type: TrashItemNode,
    description: `Projects and cell lines that were deleted, the latest first. ${pageWords}`,
    resolve: (row, args, context) =>
      listUnder(
        context,
        { ...newest('TrashItem', 'organizationId'), also: Prisma.sql`t."projectId" IS NULL` },
        row,
        args,
      ),
  }),
}));
