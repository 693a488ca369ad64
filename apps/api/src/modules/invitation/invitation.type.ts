import { type Invitation, newestFirst, Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { Person } from '../organization/person.ts';
import { OrganizationRoleEnum, ProjectRoleEnum } from '../organization/roles.ts';
import { ProjectNode } from '../project/project.type.ts';

export const InvitationNode = defineNode<Invitation>('Invitation');

InvitationNode.implement({
  description: 'A way into a lab for one person; its link was shown once, to whoever invited.',
  fields: (t) => ({
    email: t.exposeString('email', { description: 'Who is invited.' }),
    role: t.expose('role', { type: OrganizationRoleEnum, description: 'The role in the lab.' }),
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description: 'Also a place in this project.',
      resolve: (row, _args, context) => orNull(ProjectNode, context, row.projectId),
    }),
    projectRole: t.expose('projectRole', {
      type: ProjectRoleEnum,
      nullable: true,
      description: 'The role in that project.',
    }),
    invitedBy: t.field({ type: Person, description: 'Who invited.', resolve: (row) => row.invitedById }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the link works.' }),
  }),
});

builder.objectField(OrganizationNode, 'invitations', (t) =>
  t.connection({
    type: InvitationNode,
    description: `Invitations that wait for an answer, newest first; admins see them. ${pageWords}`,
    resolve: (row, args, context) =>
      listUnder(
        context,
        {
          table: 'Invitation',
          also: Prisma.sql`t."acceptedAt" IS NULL AND t."revokedAt" IS NULL AND t."expiresAt" > now()`,
          order: newestFirst,
          parent: 'organizationId',
        },
        row,
        args,
      ),
  }),
);
