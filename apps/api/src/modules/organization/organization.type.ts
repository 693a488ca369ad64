import { type Member, type Organization, oldestFirst, Prisma } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { Person } from './person.ts';
import { OrganizationRoleEnum } from './roles.ts';

export const OrganizationNode = defineNode<Organization>('Organization');
export const MemberNode = defineNode<Member>('Member');

MemberNode.implement({
  description: 'A person in a lab.',
  fields: (t) => ({
    role: t.expose('role', { type: OrganizationRoleEnum, description: 'What the person may do.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
    removedAt: t.expose('removedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the person left; what they did stays.',
    }),
    isViewer: t.boolean({
      description: 'Whether this is the asker.',
      resolve: (member, _args, { actor }) => member.userId === actor.userId,
    }),
    person: t.field({ type: Person, description: 'Who it is.', resolve: (member) => member.userId }),
  }),
});

OrganizationNode.implement({
  description: 'A lab.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown to its people and to those it shares with.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    usedBytes: t.float({ description: 'Bytes in the bucket.', resolve: (row) => Number(row.usedBytes) }),
    quotaBytes: t.float({ description: 'Bytes that it may use.', resolve: (row) => Number(row.quotaBytes) }),
    viewerCanManage: t.boolean({
      description: 'Whether the asker may invite people and set roles.',
      resolve: (row, _args, { actor }) => can(actor, 'organization.manage', { organizationId: row.id }),
    }),
    viewerCanBeginProjects: t.boolean({
      description: 'Whether the asker may make projects.',
      resolve: (row, _args, { actor }) => can(actor, 'project.create', { organizationId: row.id }),
    }),
    viewerCanRegisterLines: t.boolean({
      description: 'Whether the asker may register cell lines.',
      resolve: (row, _args, { actor }) => can(actor, 'registry.edit', { organizationId: row.id }),
    }),
    members: t.connection({
      type: MemberNode,
      description: `Its people, in the order in which they came. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(
          context,
          {
            table: 'Member',
            also: Prisma.sql`t."removedAt" IS NULL`,
            order: oldestFirst,
            parent: 'organizationId',
          },
          row,
          args,
        ),
    }),
    projects: t.connection({
      type: ProjectNode,
      description: `Its projects that the asker may see, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('Project', 'organizationId'), row, args),
    }),
    cellLines: t.connection({
      type: CellLineNode,
      description: `The registry of cell lines, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('CellLine', 'organizationId'), row, args),
    }),
  }),
});
