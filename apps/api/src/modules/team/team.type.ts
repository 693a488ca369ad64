import { oldestFirst, type Team } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { MemberNode, OrganizationNode } from '../organization/organization.type.ts';

export const TeamNode = defineNode<Team>('Team');

TeamNode.implement({
  description: 'People who get rights together.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the lab.' }),
    members: t.field({
      type: [MemberNode],
      description: 'Its people, at most 200.',
      resolve: (team, _args, context) =>
        loadTogether(context, 'members of teams', team.id, async (ids) => {
          const rows = await context.database.teamMember.findMany({
            where: { teamId: { in: [...ids] }, member: { removedAt: null } },
            include: { member: true },
            orderBy: { memberId: 'asc' },
          });
          const byTeam = Map.groupBy(rows, (row) => row.teamId);
          return new Map(ids.map((id) => [id, (byTeam.get(id) ?? []).map((row) => row.member)]));
        }),
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
