import type { Member, OrganizationRole, Transaction } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandOwner } from './demand-owner.ts';
import { MemberNode } from './organization.type.ts';
import { OrganizationRoleEnum } from './roles.ts';

const Payload = definePayload<{ readonly id: string }>('setRole').implement({
  description: 'The member with the new role.',
  fields: (t) => ({
    member: t.field({ type: MemberNode, description: 'As it is now.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('SetRoleInput', {
  description: 'Whose role in the lab becomes what.',
  fields: (t) => ({
    member: t.globalID({ for: MemberNode, description: 'The person in the lab.' }),
    role: t.field({ type: OrganizationRoleEnum, description: 'The new role. Only owners make owners.' }),
  }),
});

builder.mutationField('setRole', (t) =>
  t.field({
    type: defineResult('setRole', Payload),
    description: 'Gives a person another role in the lab.',
    extensions: { rule: 'organization.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const member = await see<Member>(context, 'Member', input.member);
        const { id, organizationId } = member;
        demand(context.actor, 'organization.manage', { organizationId });
        if (member.role === 'OWNER' || input.role === 'OWNER') await demandOwner(context, organizationId);
        await context.database.$transaction(async (tx) => {
          if (input.role !== 'OWNER') await keepAnOwner(tx, organizationId, id);
          await tx.member.update({ where: { id }, data: { role: input.role } });
          await audit(tx, context.actor, {
            action: 'setRole',
            organizationId,
            subjectType: 'Member',
            subjectId: id,
            details: { from: member.role satisfies OrganizationRole, to: input.role },
          });
        });
        return { id };
      }),
  }),
);

/** A lab without an owner would be nobody's. @throws ConflictError where this member is the last */
export async function keepAnOwner(tx: Transaction, organizationId: string, leaving: string): Promise<void> {
  // The lock keeps two owners from leaving at the same moment.
  await tx.$executeRaw`SELECT 1 FROM "Organization" WHERE id = ${organizationId}::uuid FOR UPDATE`;
  const owners = await tx.member.findMany({
    where: { organizationId, role: 'OWNER', removedAt: null },
    select: { id: true },
  });
  if (owners.some((owner) => owner.id !== leaving) || !owners.some((owner) => owner.id === leaving)) return;
  throw new RequestError('ConflictError', 'OWNER_LAST', 'This is the lab’s last owner.', {
    cure: 'Make somebody else an owner first.',
  });
}
