import { randomBytes } from 'node:crypto';
import type { Member } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandOwner } from './demand-owner.ts';
import { MemberNode } from './organization.type.ts';

const HOURS = 24;

const Payload = definePayload<{ readonly link: string | null; readonly expiresAt: Date }>(
  'createResetLink',
).implement({
  description: 'The way to a new password.',
  fields: (t) => ({
    link: t.exposeString('link', {
      nullable: true,
      description:
        'Give it to the person alone; it works once. Null for a repeated idempotency key: it is shown once.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when.' }),
  }),
});

const Input = builder.inputType('CreateResetLinkInput', {
  description: 'Who has forgotten the password.',
  fields: (t) => ({
    member: t.globalID({ for: MemberNode, description: 'The person in the lab.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('createResetLink', (t) =>
  t.field({
    type: defineResult('createResetLink', Payload),
    description: `Makes a link, good for ${HOURS} hours, with which a person of the lab chooses a new password.`,
    extensions: { rule: 'organization.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const member = await see<Member>(context, 'Member', input.member);
        const { id, organizationId, userId } = member;
        demand(context.actor, 'organization.manage', { organizationId });
        if (member.role === 'OWNER') await demandOwner(context, organizationId);
        await refuseForeign(context, userId);
        const token = randomBytes(24).toString('base64url');
        const request = {
          mutation: 'createResetLink',
          idempotencyKey: input.idempotencyKey,
          input: { member: id },
        };
        let isNew = false;
        const { expiresAt } = await once(context, request, async (tx) => {
          isNew = true;
          const until = new Date(Date.now() + HOURS * 3600 * 1000);
          const { internalAdapter } = await context.auth.$context;
          await internalAdapter.createVerificationValue({
            identifier: `reset-password:${token}`,
            value: userId,
            expiresAt: until,
          });
          await audit(tx, context.actor, {
            action: 'createResetLink',
            organizationId,
            subjectType: 'Member',
            subjectId: id,
          });
          return { expiresAt: until.toISOString() };
        });
        return {
          link: isNew ? `${context.publicUrl}/reset-password?token=${token}` : null,
          expiresAt: new Date(expiresAt),
        };
      }),
  }),
);

/** Who could choose the password of somebody with rights elsewhere would get these rights too. */
async function refuseForeign({ database, actor }: Context, userId: string): Promise<void> {
  const places = await database.member.findMany({ where: { userId, removedAt: null } });
  const foreign = places.some(({ organizationId }) => !can(actor, 'organization.manage', { organizationId }));
  const { operator } = await database.user.findUniqueOrThrow({ where: { id: userId } });
  if (!foreign && (!operator || userId === actor.userId)) return;
  throw new RequestError(
    'ForbiddenError',
    'MEMBER_OF_OTHER_LAB',
    'This person has rights outside your labs, which a new password would open.',
    { subject: 'member', cure: 'Ask the operator of the server.' },
  );
}
