import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { emailShape } from '../../graphql/email-shape.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { createToken } from '../../graphql/token.ts';
import { demandOperator } from './demand-operator.ts';
import { inviteToOwn, OWNER_DAYS } from './owner-invitation.ts';

const Payload = definePayload<{ readonly id: string; readonly link: string | null }>(
  'createOrganization',
).implement({
  description: 'The lab, and the way into it for its owner.',
  fields: (t) => ({
    organizationId: t.globalID({
      description: 'The new lab’s id; the operator is not in it.',
      resolve: ({ id }) => ({ type: 'Organization', id }),
    }),
    ownerLink: t.exposeString('link', {
      nullable: true,
      description: `Send this to the owner; works once, for ${OWNER_DAYS} days. Null for a repeated idempotency key.`,
    }),
  }),
});

const Input = builder.inputType('CreateOrganizationInput', {
  description: 'Another lab on this server.',
  fields: (t) => ({
    name: t.string({ description: 'Of the lab, up to 100 characters.' }),
    ownerEmail: t.string({ description: 'Who will own it.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({
  name: z.string().trim().min(1).max(100),
  ownerEmail: emailShape,
});

builder.mutationField('createOrganization', (t) =>
  t.field({
    type: defineResult('createOrganization', Payload),
    description: 'Makes another lab and invites its owner; for the operator of the server.',
    extensions: { rule: 'server operator' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await demandOperator(context);
        const { name, ownerEmail } = shape.parse(input);
        const { secret, hash } = createToken();
        const request = {
          mutation: 'createOrganization',
          idempotencyKey: input.idempotencyKey,
          input: { name, ownerEmail },
        };
        let isNew = false;
        const { id } = await once(context, request, async (tx) => {
          isNew = true;
          const row = await tx.organization.create({ data: { name }, select: { id: true } });
          await inviteToOwn(tx, context, { organizationId: row.id, email: ownerEmail, tokenHash: hash });
          await audit(tx, context.actor, {
            action: 'createOrganization',
            organizationId: row.id,
            subjectType: 'Organization',
            subjectId: row.id,
            details: { name },
          });
          return row;
        });
        return { id, link: isNew ? `${context.publicUrl}/invitation?token=${secret}` : null };
      }),
  }),
);
