import type { Member } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandOwner } from './demand-owner.ts';
import { MemberNode } from './organization.type.ts';
import { keepAnOwner } from './set-role.ts';

const Payload = definePayload<{ readonly removedId: string }>('removeMember').implement({
  description: 'Who has left.',
  fields: (t) => ({
    removedId: t.globalID({
      description: 'The member’s id.',
      resolve: ({ removedId }) => ({ type: 'Member', id: removedId }),
    }),
  }),
});

const Input = builder.inputType('RemoveMemberInput', {
  description: 'Who leaves.',
  fields: (t) => ({ member: t.globalID({ for: MemberNode, description: 'The person in the lab.' }) }),
});

builder.mutationField('removeMember', (t) =>
  t.field({
    type: defineResult('removeMember', Payload),
    description:
      'Takes a person out of the lab at once: rights, teams and API keys end; what the person did stays, under a pseudonym. Everybody may leave.',
    extensions: { rule: 'organization.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const member = await see<Member>(context, 'Member', input.member);
        const { id, organizationId, userId } = member;
        const leaves = context.actor.kind === 'person' && userId === context.actor.userId;
        if (!leaves) {
          demand(context.actor, 'organization.manage', { organizationId });
          if (member.role === 'OWNER') await demandOwner(context, organizationId);
        }
        await context.database.$transaction(async (tx) => {
          await keepAnOwner(tx, organizationId, id);
          await tx.member.update({ where: { id }, data: { removedAt: new Date() } });
          await tx.projectGrant.deleteMany({ where: { memberId: id } });
          await tx.teamMember.deleteMany({ where: { memberId: id } });
          await tx.apiKey.updateMany({
            where: { organizationId, userId, revokedAt: null },
            data: { revokedAt: new Date() },
          });
          await audit(tx, context.actor, {
            action: 'removeMember',
            organizationId,
            subjectType: 'Member',
            subjectId: id,
            details: { left: leaves },
          });
        });
        return { removedId: id };
      }),
  }),
);
