import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { MemberNode, OrganizationNode } from '../organization/organization.type.ts';
import { TeamNode } from './team.type.ts';
import { setPeople } from './team-people.ts';

const Payload = definePayload<{ readonly id: string }>('createTeam').implement({
  description: 'The team that was made.',
  fields: (t) => ({
    team: t.field({ type: TeamNode, description: 'The new team.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('CreateTeamInput', {
  description: 'A new team of a lab.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    name: t.string({ description: 'Unique in the lab, up to 100 characters.' }),
    members: t.globalIDList({ for: MemberNode, required: false, description: 'Its people, at most 200.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({ name: z.string().trim().min(1).max(100) });

builder.mutationField('createTeam', (t) =>
  t.field({
    type: defineResult('createTeam', Payload),
    description: 'Makes a team: people who get rights together.',
    extensions: { rule: 'organization.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await see(context, 'Organization', input.organization);
        const organizationId = input.organization.id;
        demand(context.actor, 'organization.manage', { organizationId });
        const { name } = shape.parse(input);
        const memberIds = (input.members ?? []).map((member) => member.id);
        const wanted = { organizationId, name, memberIds };
        const request = { mutation: 'createTeam', idempotencyKey: input.idempotencyKey, input: wanted };
        return once(context, request, async (tx) => {
          const { id } = await tx.team.create({ data: { organizationId, name }, select: { id: true } });
          await setPeople(tx, { id, organizationId }, memberIds);
          await audit(tx, context.actor, {
            action: 'createTeam',
            organizationId,
            subjectType: 'Team',
            subjectId: id,
            details: { name, members: memberIds.length },
          });
          return { id };
        });
      }),
  }),
);
