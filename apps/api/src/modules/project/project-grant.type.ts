import { oldestFirst, type ProjectGrant } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { MemberNode } from '../organization/organization.type.ts';
import { ProjectRoleEnum } from '../organization/roles.ts';
import { TeamNode } from '../team/team.type.ts';
import { ProjectNode } from './project.type.ts';

export const ProjectGrantNode = defineNode<ProjectGrant>('ProjectGrant');

ProjectGrantNode.implement({
  description: 'A role in a project, of one person or one team. Owners and admins of the lab need none.',
  fields: (t) => ({
    role: t.expose('role', { type: ProjectRoleEnum, description: 'What they may do.' }),
    member: t.field({
      type: MemberNode,
      nullable: true,
      description: 'The person; null where it is a team.',
      resolve: (row) => row.memberId,
    }),
    team: t.field({
      type: TeamNode,
      nullable: true,
      description: 'The team; null where it is a person.',
      resolve: (row) => row.teamId,
    }),
  }),
});

builder.objectField(ProjectNode, 'grants', (t) =>
  t.connection({
    type: ProjectGrantNode,
    description: `People and teams with a role in it, in the order in which they came. ${pageWords}`,
    resolve: (row, args, context) =>
      listUnder(
        context,
        {
          table: 'ProjectGrant',
          order: oldestFirst,
          parent: 'projectId',
        },
        row,
        args,
      ),
  }),
);

builder.objectField(ProjectNode, 'viewerCanManage', (t) =>
  t.boolean({
    description: 'Whether the asker may invite people, set roles, share and make keys.',
    resolve: (row, _args, { actor }) => can(actor, 'project.manage', { projectId: row.id }),
  }),
);
