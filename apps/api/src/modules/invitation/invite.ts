import type { Project } from '@cellmixer/database';
import { z } from 'zod';
import { can } from '../../access/can.ts';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { emailShape } from '../../graphql/email-shape.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { createToken } from '../../graphql/token.ts';
import { demandOwner } from '../organization/demand-owner.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { OrganizationRoleEnum, ProjectRoleEnum } from '../organization/roles.ts';
import { ProjectNode } from '../project/project.type.ts';
import { InvitationNode } from './invitation.type.ts';

const DAYS = 14;

interface Made {
  readonly id: string;
  readonly link: string | null;
}

const Payload = definePayload<Made>('invite').implement({
  description: 'The invitation with its link.',
  fields: (t) => ({
    invitation: t.field({
      type: InvitationNode,
      description: 'The invitation.',
      resolve: ({ id }) => id,
    }),
    link: t.exposeString('link', {
      nullable: true,
      description: `Send this to the person; works once, for ${DAYS} days. Null for a repeated idempotency key: it is shown once.`,
    }),
  }),
});

const Input = builder.inputType('InviteInput', {
  description: 'Whom to invite where.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    email: t.string({ description: 'Of the person.' }),
    role: t.field({ type: OrganizationRoleEnum, description: 'In the lab. Only owners invite owners.' }),
    project: t.globalID({ for: ProjectNode, required: false, description: 'Also a place in this project.' }),
    projectRole: t.field({
      type: ProjectRoleEnum,
      required: false,
      description: 'The role there; VIEWER where it is left out.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({ email: emailShape });

builder.mutationField('invite', (t) =>
  t.field({
    type: defineResult('invite', Payload),
    description: 'Invites somebody into a lab, and into one of its projects where one is named.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await see(context, 'Organization', input.organization);
        const organizationId = input.organization.id;
        const project = input.project == null ? null : await see<Project>(context, 'Project', input.project);
        await demandInviter(context, organizationId, project, input.role);
        const { email } = shape.parse(input);
        const projectRole = project === null ? null : (input.projectRole ?? 'VIEWER');
        await refuseMember(context, organizationId, email);
        const { secret, hash } = createToken();
        const wanted = {
          organizationId,
          email,
          role: input.role,
          projectId: project?.id ?? null,
          projectRole,
        };
        const request = { mutation: 'invite', idempotencyKey: input.idempotencyKey, input: wanted };
        let isNew = false;
        const { id } = await once(context, request, async (tx) => {
          isNew = true;
          const row = await tx.invitation.create({
            data: {
              ...wanted,
              tokenHash: hash,
              invitedById: z.uuid().parse(context.actor.userId),
              expiresAt: new Date(Date.now() + DAYS * 24 * 3600 * 1000),
            },
            select: { id: true },
          });
          await audit(tx, context.actor, {
            action: 'invite',
            organizationId,
            projectId: wanted.projectId,
            subjectType: 'Invitation',
            subjectId: row.id,
            details: { email, role: input.role, projectRole },
          });
          return row;
        });
        return { id, link: isNew ? `${context.publicUrl}/invitation?token=${secret}` : null };
      }),
  }),
);

/** Admins invite anybody; managers of a project invite members and guests into it. */
async function demandInviter(
  context: Context,
  organizationId: string,
  project: Project | null,
  role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'GUEST',
): Promise<void> {
  const { actor } = context;
  if (project !== null && project.organizationId !== organizationId) {
    throw new RequestError('ValidationError', 'PROJECT_OF_OTHER_LAB', `"${project.name}" is another lab's.`, {
      subject: 'project',
      cure: 'Name a project of the lab that the person is invited to.',
    });
  }
  const ordinary = role === 'MEMBER' || role === 'GUEST';
  if (project !== null && ordinary && can(actor, 'project.manage', { projectId: project.id })) return;
  demand(actor, 'organization.manage', { organizationId });
  if (role === 'OWNER') await demandOwner(context, organizationId);
}

async function refuseMember({ database }: Context, organizationId: string, email: string): Promise<void> {
  const member = await database.member.findFirst({
    where: { organizationId, removedAt: null, user: { email } },
  });
  if (member === null) return;
  throw new RequestError('ConflictError', 'MEMBER_EXISTS', `${email} is in this lab already.`, {
    subject: email,
    cure: 'Give the person a role in the project instead.',
  });
}
