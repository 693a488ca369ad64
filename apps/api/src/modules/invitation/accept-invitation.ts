import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { join, openInvitation } from './join.ts';

const Payload = definePayload<{ readonly organizationId: string }>('acceptInvitation').implement({
  description: 'The lab that the asker is in now.',
  fields: (t) => ({
    organization: t.field({
      type: OrganizationNode,
      description: 'The lab.',
      resolve: ({ organizationId }) => organizationId,
    }),
  }),
});

const Input = builder.inputType('AcceptInvitationInput', {
  description: 'For people who have an account; others make one at POST /api/auth/accept-invitation.',
  fields: (t) => ({ token: t.string({ description: 'From the link.' }) }),
});

builder.mutationField('acceptInvitation', (t) =>
  t.field({
    type: defineResult('acceptInvitation', Payload),
    description: 'Joins the lab that the signed-in person was invited to.',
    extensions: { rule: 'anyone signed in' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        if (actor.kind !== 'person') {
          throw new RequestError('ForbiddenError', 'ACTOR_UNKNOWN', 'Nobody is signed in.', {
            cure: 'Sign in, then open the link again.',
          });
        }
        const userId = z.uuid().parse(actor.userId);
        const organizationId = await database.$transaction(async (tx) => {
          const invitation = await openInvitation(tx, input.token);
          const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
          if (email !== invitation.email) {
            throw new RequestError(
              'ForbiddenError',
              'INVITATION_FOR_OTHER',
              `This invitation is for ${invitation.email}, and you are ${email}.`,
              {
                subject: 'token',
                cure: `Sign in as ${invitation.email}, or ask for an invitation of your own.`,
              },
            );
          }
          await join(tx, invitation, userId);
          return invitation.organizationId;
        });
        context.actor = await context.readActor();
        return { organizationId };
      }),
  }),
);
