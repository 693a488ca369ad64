import { type AuditEvent, newestFirst, Prisma } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { Person } from '../organization/person.ts';
import { ProjectNode } from '../project/project.type.ts';

export const AuditEventNode = defineNode<AuditEvent>('AuditEvent');

AuditEventNode.implement({
  description: 'Who changed what; written in the transaction that changed it, never altered.',
  fields: (t) => ({
    action: t.exposeString('action', { description: 'The mutation’s or job’s name.' }),
    by: t.field({
      type: Person,
      nullable: true,
      description: 'Who did it; null for the server itself.',
      resolve: (row) => row.userId,
    }),
    byApiKey: t.boolean({
      description: 'Whether a key of that person did it.',
      resolve: (row) => row.apiKeyId !== null,
    }),
    subjectType: t.exposeString('subjectType', { description: 'The type of what was changed.' }),
    subjectId: t.id({
      nullable: true,
      description: 'What was changed, for `node`; it may be gone by now.',
      resolve: (row) => (row.subjectId === null ? null : encodeGlobalID(row.subjectType, row.subjectId)),
    }),
    details: t.expose('details', { type: 'JSON', description: 'What changed, without secrets.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.queryField('auditEvents', (t) =>
  t.connection({
    type: AuditEventNode,
    description: `What happened in a lab, or in one of its projects, newest first: for admins, and for managers of the project. ${pageWords}`,
    extensions: { rule: 'audit.see' },
    args: {
      organization: t.arg.globalID({ for: OrganizationNode }),
      project: t.arg.globalID({ for: ProjectNode, required: false, description: 'Only this project.' }),
    },
    resolve: (_root, { organization, project, ...page }, context) => {
      const seen = Prisma.sql`t."organizationId" = ${organization.id}::uuid
        AND ${visible(context.actor, 'AuditEvent')}`;
      const where = project == null ? seen : Prisma.sql`${seen} AND t."projectId" = ${project.id}::uuid`;
      return rootList(context, { table: 'AuditEvent', where, order: newestFirst }, page);
    },
  }),
);
