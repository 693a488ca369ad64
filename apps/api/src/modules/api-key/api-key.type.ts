import { type ApiKey, newestFirst, Prisma } from '@cellmixer/database';
import { keyScopes } from '../../access/table.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { Person } from '../organization/person.ts';
import { ProjectNode } from '../project/project.type.ts';

export const ApiKeyNode = defineNode<ApiKey>('ApiKey');

export const ApiKeyScopeEnum = builder.enumType('ApiKeyScope', {
  description: 'What a key is for; each holds those before it, and none more than the owner may.',
  values: {
    READ: { value: 'read', description: 'Reads.' },
    WRITE: { value: 'write', description: 'Also registers, uploads and labels.' },
    RUN: { value: 'run', description: 'Also trains, segments and compares.' },
    MANAGE: { value: 'manage', description: 'Also people, shares and the audit log.' },
  } as const satisfies Record<Uppercase<(typeof keyScopes)[number]>, object>,
});

ApiKeyNode.implement({
  description: 'A program’s way in, with the rights of its owner at most.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    prefix: t.exposeString('prefix', { description: 'Its first characters, to recognise it by.' }),
    scope: t.field({
      type: ApiKeyScopeEnum,
      nullable: true,
      description: 'The highest of its scopes.',
      resolve: (row) => keyScopes.findLast((scope) => row.scopes.includes(scope)) ?? null,
    }),
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description: 'Limited to this project.',
      resolve: (row, _args, context) => orNull(ProjectNode, context, row.projectId),
    }),
    owner: t.field({ type: Person, description: 'Whose rights it has.', resolve: (row) => row.userId }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it works.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was ended.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute.',
    }),
  }),
});

builder.objectField(OrganizationNode, 'apiKeys', (t) =>
  t.connection({
    type: ApiKeyNode,
    description: `Keys that work: the asker’s own; all of the lab for its admins. Newest first. ${pageWords}`,
    resolve: (row, args, context) =>
      listUnder(
        context,
        {
          table: 'ApiKey',
          also: Prisma.sql`t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > now())`,
          order: newestFirst,
          parent: 'organizationId',
        },
        row,
        args,
      ),
  }),
);
