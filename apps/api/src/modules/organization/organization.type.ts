import { type Member, type Organization, oldestFirst, type User } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ProjectNode } from '../project/project.type.ts';

export const OrganizationNode = defineNode<Organization>('Organization');
export const MemberNode = defineNode<Member>('Member');

const Person = builder.objectRef<Pick<User, 'id' | 'name' | 'email'>>('Person').implement({
  description: 'Somebody with an account.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the person gave it.' }),
    email: t.exposeString('email', { description: 'Where invitations and resets go.' }),
  }),
});

export const OrganizationRoleEnum = builder.enumType('OrganizationRole', {
  description: 'What somebody may do in a lab.',
  values: ['OWNER', 'ADMIN', 'MEMBER', 'GUEST'] as const,
});

MemberNode.implement({
  description: 'A person in a lab.',
  fields: (t) => ({
    role: t.expose('role', { type: OrganizationRoleEnum, description: 'What the person may do.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
    person: t.loadable({
      type: Person,
      description: 'Who it is.',
      load: async (ids: string[], { database }) => {
        const rows = await database.user.findMany({ where: { id: { in: ids } } });
        const byId = new Map(rows.map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id) ?? new Error(`no person ${id}`));
      },
      resolve: (member) => member.userId,
    }),
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
    members: t.connection({
      type: MemberNode,
      description: `Its people, in the order in which they came. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(
          context,
          {
            table: 'Member',
            where: visible(context.actor, 'Member'),
            order: oldestFirst,
            parent: 'organizationId',
          },
          row.id,
          args,
        ),
    }),
    projects: t.connection({
      type: ProjectNode,
      description: `Its projects that the asker may see, newest first. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(context, newest('Project', 'organizationId', context), row.id, args),
    }),
    cellLines: t.connection({
      type: CellLineNode,
      description: `The registry of cell lines, newest first. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(context, newest('CellLine', 'organizationId', context), row.id, args),
    }),
  }),
});
