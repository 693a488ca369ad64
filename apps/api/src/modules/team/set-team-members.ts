import type { Team } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { MemberNode } from '../organization/organization.type.ts';
import { TeamNode } from './team.type.ts';
import { setPeople } from './team-people.ts';

const Payload = definePayload<{ readonly id: string }>('setTeamMembers').implement({
  description: 'The team with its people.',
  fields: (t) => ({
    team: t.field({ type: TeamNode, description: 'As it is now.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('SetTeamMembersInput', {
  description: 'Who is in a team.',
  fields: (t) => ({
    team: t.globalID({ for: TeamNode, description: 'The team.' }),
    members: t.globalIDList({ for: MemberNode, description: 'All its people from now on, at most 200.' }),
  }),
});

builder.mutationField('setTeamMembers', (t) =>
  t.field({
    type: defineResult('setTeamMembers', Payload),
    description: 'Says who is in a team; rights follow at once.',
    extensions: { rule: 'organization.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const team = await see<Team>(context, 'Team', input.team);
        const { id, organizationId } = team;
        demand(context.actor, 'organization.manage', { organizationId });
        const memberIds = input.members.map((member) => member.id);
        await context.database.$transaction(async (tx) => {
          await setPeople(tx, team, memberIds);
          await audit(tx, context.actor, {
            action: 'setTeamMembers',
            organizationId,
            subjectType: 'Team',
            subjectId: id,
            details: { members: memberIds.length },
          });
        });
        return { id };
      }),
  }),
);
