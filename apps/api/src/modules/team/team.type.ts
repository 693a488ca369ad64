import { oldestFirst, type Team } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { MemberNode, OrganizationNode } from '../organization/organization.type.ts';

export const TeamNode = defineNode<Team>('Team');

TeamNode.implement({
  description: 'People who get rights together.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the lab.' }),
    members: t.loadableList({
      type: MemberNode,
      description: 'Its people, at most 200.',
      load: async (teamIds: string[], { database }) => {
        const rows = await database.teamMember.findMany({
          where: { teamId: { in: teamIds }, member: { removedAt: null } },
          include: { member: true },
          orderBy: { memberId: 'asc' },
        });
        const byTeam = Map.groupBy(rows, (row) => row.teamId);
        return teamIds.map((id) => (byTeam.get(id) ?? []).map((row) => row.member));
      },
      resolve: (team) => team.id,
    }),
  }),
});

builder.objectField(OrganizationNode, 'teams', (t) =>
  t.connection({
    type: TeamNode,
    description: `Its teams, oldest first. ${pageWords}`,
    resolve: (row, args, context) =>
      listUnder(
        context,
        {
          table: 'Team',
          order: oldestFirst,
          parent: 'organizationId',
        },
        row,
        args,
      ),
  }),
);
