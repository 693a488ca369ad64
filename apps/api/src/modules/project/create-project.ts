import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { ProjectNode } from './project.type.ts';
import { projectShape } from './project-shape.ts';

const Payload = definePayload<{ readonly id: string }>('createProject').implement({
  description: 'The project that was made.',
  fields: (t) => ({
    project: t.field({ type: ProjectNode, description: 'The new project.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('CreateProjectInput', {
  description: 'A new project; whoever makes it manages it.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    name: t.string({ description: 'Up to 100 characters.' }),
    description: t.string({ required: false, description: 'What it is about, up to 2,000 characters.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('createProject', (t) =>
  t.field({
    type: defineResult('createProject', Payload),
    description: 'Makes a project.',
    extensions: { rule: 'project.create' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { organization, idempotencyKey, ...rest } = input;
        await see(context, 'Organization', organization);
        const organizationId = organization.id;
        const { actor } = context;
        demand(actor, 'project.create', { organizationId });
        const project = projectShape.parse(rest);
        const made = await once(
          context,
          { mutation: 'createProject', idempotencyKey, input: rest },
          async (tx) => {
            const userId = z.uuid().parse(actor.userId);
            const member = await tx.member.findUniqueOrThrow({
              where: { organizationId_userId: { organizationId, userId } },
            });
            const { id } = await tx.project.create({
              data: {
                ...project,
                organizationId,
                createdById: userId,
                grants: { create: { memberId: member.id, role: 'MANAGER' } },
              },
              select: { id: true },
            });
            await audit(tx, actor, {
              action: 'createProject',
              organizationId,
              projectId: id,
              subjectType: 'Project',
              subjectId: id,
              details: { name: project.name },
            });
            return { id };
          },
        );
        context.actor = await context.readActor();
        return made;
      }),
  }),
);
