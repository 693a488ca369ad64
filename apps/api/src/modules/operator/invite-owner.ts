import type { Transaction } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { emailShape } from '../../graphql/email-shape.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { createToken } from '../../graphql/token.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { demandOperator } from './demand-operator.ts';
import { inviteToOwn, OWNER_DAYS } from './owner-invitation.ts';

const Payload = definePayload<{ readonly link: string | null }>('inviteOwner').implement({
  description: 'The new way into the lab for its owner.',
  fields: (t) => ({
    ownerLink: t.exposeString('link', {
      nullable: true,
      description: `Send this to the owner; works once, for ${OWNER_DAYS} days. Null for a repeated idempotency key.`,
    }),
  }),
});

const Input = builder.inputType('InviteOwnerInput', {
  description: 'Whom to invite as owner of a lab that nobody is in yet.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    ownerEmail: t.string({ description: 'Who will own it.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({ organizationId: z.uuid(), ownerEmail: emailShape });

builder.mutationField('inviteOwner', (t) =>
  t.field({
    type: defineResult('inviteOwner', Payload),
    description:
      'Makes a new link for the owner of a lab that nobody is in yet, and ends the old one; for the operator of the server.',
    extensions: { rule: 'server operator' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await demandOperator(context);
        const organizationId = input.organization.id;
        const wanted = shape.parse({ organizationId, ownerEmail: input.ownerEmail });
        const { secret, hash } = createToken();
        const request = { mutation: 'inviteOwner', idempotencyKey: input.idempotencyKey, input: wanted };
        let isNew = false;
        await once(context, request, async (tx) => {
          isNew = true;
          await endOldLinks(tx, organizationId);
          await inviteToOwn(tx, context, { organizationId, email: wanted.ownerEmail, tokenHash: hash });
          await audit(tx, context.actor, {
            action: 'inviteOwner',
            organizationId,
            subjectType: 'Organization',
            subjectId: organizationId,
            details: { email: wanted.ownerEmail },
          });
          return { id: organizationId };
        });
        return { link: isNew ? `${context.publicUrl}/invitation?token=${secret}` : null };
      }),
  }),
);

/** @throws ConflictError where somebody is in the lab, or was: its people invite others themselves */
async function endOldLinks(tx: Transaction, organizationId: string): Promise<void> {
  // Two operators at once: the second waits. Who joins meanwhile is not kept waiting.
  const [lab] = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM "Organization"
    WHERE id = ${organizationId}::uuid AND "deletedAt" IS NULL FOR NO KEY UPDATE`;
  if (lab === undefined)
    throw new RequestError('NotFoundError', 'ORGANIZATION_NOT_FOUND', 'There is no such lab.');
  await tx.invitation.updateMany({
    where: { organizationId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  // Asked after the old link has ended: whoever used it in this moment is in the lab now.
  if ((await tx.member.count({ where: { organizationId } })) === 0) return;
  throw new RequestError('ConflictError', 'ORGANIZATION_HAS_OWNER', `"${lab.name}" has an owner already.`, {
    subject: 'organization',
    cure: 'Ask its owner, who invites others and makes other owners.',
  });
}
