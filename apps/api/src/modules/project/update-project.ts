import type { Project } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ProjectNode } from './project.type.ts';
import { projectShape } from './project-shape.ts';

const Payload = definePayload<{ readonly id: string }>('updateProject').implement({
  description: 'The project as it is now.',
  fields: (t) => ({
    project: t.field({ type: ProjectNode, description: 'The project.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('UpdateProjectInput', {
  description: 'What to change; what is left out stays.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'The project.' }),
    expectedRevision: t.int({ description: 'Its revision as the asker saw it.' }),
    name: t.string({ required: false, description: 'Up to 100 characters.' }),
    description: t.string({ required: false, description: 'Up to 2,000 characters.' }),
  }),
});

builder.mutationField('updateProject', (t) =>
  t.field({
    type: defineResult('updateProject', Payload),
    description: 'Renames a project or says anew what it is about.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const project = await see<Project>(context, 'Project', input.project);
        const { id, organizationId } = project;
        demand(context.actor, 'project.manage', { projectId: id });
        const wanted = projectShape.parse({
          name: input.name ?? project.name,
          description: input.description ?? project.description,
        });
        await context.database.$transaction(async (tx) => {
          const { count } = await tx.project.updateMany({
            where: { id, revision: input.expectedRevision },
            data: { ...wanted, revision: { increment: 1 } },
          });
          if (count === 0) {
            throw new RequestError(
              'ConflictError',
              'PROJECT_CHANGED',
              `"${project.name}" was changed by somebody else in the meantime.`,
              { subject: 'expectedRevision', cure: 'Look at it again, then repeat your change.' },
            );
          }
          await audit(tx, context.actor, {
            action: 'updateProject',
            organizationId,
            projectId: id,
            subjectType: 'Project',
            subjectId: id,
            details: wanted,
          });
        });
        return { id };
      }),
  }),
);
