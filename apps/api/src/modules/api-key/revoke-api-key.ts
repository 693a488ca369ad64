import type { ApiKey } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ApiKeyNode } from './api-key.type.ts';

const Payload = definePayload<{ readonly id: string }>('revokeApiKey').implement({
  description: 'The key that no longer works.',
  fields: (t) => ({
    apiKey: t.field({ type: ApiKeyNode, description: 'As it is now.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('RevokeApiKeyInput', {
  description: 'Which key.',
  fields: (t) => ({ apiKey: t.globalID({ for: ApiKeyNode, description: 'One’s own, or one of the lab.' }) }),
});

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: defineResult('revokeApiKey', Payload),
    description: 'Ends a key at once: everybody their own, admins any of the lab.',
    extensions: { rule: 'own rows' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { id, organizationId, userId } = await see<ApiKey>(context, 'ApiKey', input.apiKey);
        const own = context.actor.kind === 'person' && userId === context.actor.userId;
        if (!own) demand(context.actor, 'organization.manage', { organizationId });
        await context.database.$transaction(async (tx) => {
          const { count } = await tx.apiKey.updateMany({
            where: { id, revokedAt: null },
            data: { revokedAt: new Date() },
          });
          if (count === 0) return;
          await audit(tx, context.actor, {
            action: 'revokeApiKey',
            organizationId,
            subjectType: 'ApiKey',
            subjectId: id,
          });
        });
        return { id };
      }),
  }),
);
