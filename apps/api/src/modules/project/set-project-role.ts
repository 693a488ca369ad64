import type { Member, Project, Team } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { MemberNode } from '../organization/organization.type.ts';
import { ProjectRoleEnum } from '../organization/roles.ts';
import { TeamNode } from '../team/team.type.ts';
import { ProjectNode } from './project.type.ts';

const Payload = definePayload<{ readonly projectId: string }>('setProjectRole').implement({
  description: 'The project with its people.',
  fields: (t) => ({
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description: 'As it is now; null where the asker has given up the own place in it.',
      resolve: ({ projectId }) => projectId,
    }),
  }),
});

const Input = builder.inputType('SetProjectRoleInput', {
  description: 'Who gets which role in a project: a member or a team, not both.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'The project.' }),
    member: t.globalID({ for: MemberNode, required: false, description: 'A person of its lab.' }),
    team: t.globalID({ for: TeamNode, required: false, description: 'A team of its lab.' }),
    role: t.field({
      type: ProjectRoleEnum,
      required: false,
      description: 'The role; none where it is left out, which ends an earlier one.',
    }),
  }),
});

builder.mutationField('setProjectRole', (t) =>
  t.field({
    type: defineResult('setProjectRole', Payload),
    description: 'Gives a person or a team a role in a project, changes it, or ends it.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const project = await see<Project>(context, 'Project', input.project);
        const { id: projectId, organizationId } = project;
        demand(context.actor, 'project.manage', { projectId });
        const holder = await holderOf(context, organizationId, input);
        await context.database.$transaction(async (tx) => {
          await tx.projectGrant.deleteMany({ where: { projectId, ...holder } });
          if (input.role != null)
            await tx.projectGrant.create({ data: { projectId, ...holder, role: input.role } });
          await audit(tx, context.actor, {
            action: 'setProjectRole',
            organizationId,
            projectId,
            subjectType: 'Project',
            subjectId: projectId,
            details: { ...holder, role: input.role ?? null },
          });
        });
        context.actor = await context.readActor();
        return { projectId };
      }),
  }),
);

type Holder = { readonly memberId: string } | { readonly teamId: string };

async function holderOf(
  context: Context,
  organizationId: string,
  { member, team }: { member?: { id: string } | null | undefined; team?: { id: string } | null | undefined },
): Promise<Holder> {
  if ((member == null) === (team == null)) {
    throw new RequestError('ValidationError', 'GRANT_UNCLEAR', 'Name a member or a team, one of the two.', {
      subject: 'member',
    });
  }
  const row =
    member != null
      ? await see<Member>(context, 'Member', member)
      : await see<Team>(context, 'Team', team ?? '');
  if (row.organizationId !== organizationId || ('removedAt' in row && row.removedAt !== null)) {
    throw new RequestError('ValidationError', 'MEMBER_OF_OTHER_LAB', 'This is nobody of the project’s lab.', {
      subject: member == null ? 'team' : 'member',
      cure: 'Invite the person into the lab first.',
    });
  }
  return member != null ? { memberId: row.id } : { teamId: row.id };
}
