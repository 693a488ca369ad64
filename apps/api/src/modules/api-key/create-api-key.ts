import type { Project } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { createToken } from '../../graphql/token.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { ApiKeyNode, ApiKeyScopeEnum } from './api-key.type.ts';

const Payload = definePayload<{ readonly id: string; readonly secret: string | null }>(
  'createApiKey',
).implement({
  description: 'The key, shown this once.',
  fields: (t) => ({
    apiKey: t.field({ type: ApiKeyNode, description: 'What is known of it later.', resolve: ({ id }) => id }),
    secret: t.exposeString('secret', {
      nullable: true,
      description:
        'Send it as `Authorization: Bearer …`. Null for a repeated idempotency key: it is shown once.',
    }),
  }),
});

const Input = builder.inputType('CreateApiKeyInput', {
  description: 'A new key of the asker.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab that it works in.' }),
    project: t.globalID({
      for: ProjectNode,
      required: false,
      description: 'Limits it to this project; its managers may make such keys, admins any.',
    }),
    name: t.string({ description: 'What it is for, up to 100 characters.' }),
    scope: t.field({ type: ApiKeyScopeEnum, description: 'What it may do at most.' }),
    expiresInDays: t.int({ required: false, description: '1 to 3650; 365 where it is left out.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({
  name: z.string().trim().min(1).max(100),
  expiresInDays: z
    .int()
    .min(1)
    .max(3650)
    .nullish()
    .transform((days) => days ?? 365),
});

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: defineResult('createApiKey', Payload),
    description: 'Makes a key for a program.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await see(context, 'Organization', input.organization);
        const organizationId = input.organization.id;
        const project = input.project == null ? null : await see<Project>(context, 'Project', input.project);
        demandMaker(context, organizationId, project);
        const { name, expiresInDays } = shape.parse(input);
        const { secret, hash } = createToken('cmk_');
        const wanted = { organizationId, projectId: project?.id ?? null, name, scopes: [input.scope] };
        const request = {
          mutation: 'createApiKey',
          idempotencyKey: input.idempotencyKey,
          input: { ...wanted, expiresInDays },
        };
        let isNew = false;
        const { id } = await once(context, request, async (tx) => {
          isNew = true;
          const row = await tx.apiKey.create({
            data: {
              ...wanted,
              userId: z.uuid().parse(context.actor.userId),
              prefix: secret.slice(0, 8),
              hash,
              expiresAt: new Date(Date.now() + expiresInDays * 24 * 3600 * 1000),
            },
            select: { id: true },
          });
          await audit(tx, context.actor, {
            action: 'createApiKey',
            organizationId,
            projectId: wanted.projectId,
            subjectType: 'ApiKey',
            subjectId: row.id,
            details: { name, scope: input.scope, expiresInDays },
          });
          return row;
        });
        return { id, secret: isNew ? secret : null };
      }),
  }),
);

function demandMaker({ actor }: Context, organizationId: string, project: Project | null): void {
  if (actor.kind === 'key') {
    throw new RequestError('ForbiddenError', 'API_KEY_CANNOT_MAKE_KEYS', 'A key cannot make keys.', {
      cure: 'Sign in as a person.',
    });
  }
  if (project === null) {
    demand(actor, 'organization.manage', { organizationId });
    return;
  }
  if (project.organizationId !== organizationId) {
    throw new RequestError('ValidationError', 'PROJECT_OF_OTHER_LAB', `"${project.name}" is another lab's.`, {
      subject: 'project',
      cure: 'Name a project of the same lab.',
    });
  }
  demand(actor, 'project.manage', { projectId: project.id });
}
