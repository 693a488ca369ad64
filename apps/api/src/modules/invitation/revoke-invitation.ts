import type { Invitation } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { InvitationNode } from './invitation.type.ts';

const Payload = definePayload<{ readonly id: string }>('revokeInvitation').implement({
  description: 'The invitation whose link no longer works.',
  fields: (t) => ({
    invitation: t.field({ type: InvitationNode, description: 'As it is now.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('RevokeInvitationInput', {
  description: 'Which invitation.',
  fields: (t) => ({
    invitation: t.globalID({ for: InvitationNode, description: 'One that nobody has accepted.' }),
  }),
});

builder.mutationField('revokeInvitation', (t) =>
  t.field({
    type: defineResult('revokeInvitation', Payload),
    description: 'Makes an invitation’s link useless at once.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        // Whoever sees an invitation may invite there.
        const { id, organizationId } = await see<Invitation>(context, 'Invitation', input.invitation);
        await context.database.$transaction(async (tx) => {
          const { count } = await tx.invitation.updateMany({
            where: { id, acceptedAt: null, revokedAt: null },
            data: { revokedAt: new Date() },
          });
          if (count === 0) return;
          await audit(tx, context.actor, {
            action: 'revokeInvitation',
            organizationId,
            subjectType: 'Invitation',
            subjectId: id,
          });
        });
        return { id };
      }),
  }),
);
