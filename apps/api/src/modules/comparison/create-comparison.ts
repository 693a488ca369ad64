import type { Project } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable } from '../training-run/plan-training.ts';
import { ComparisonNode } from './comparison.type.ts';

const Payload = definePayload<{ readonly id: string }>('createComparison').implement({
  description: 'The comparison; its results come once they are measured.',
  fields: (t) => ({
    comparison: t.field({
      type: ComparisonNode,
      description: 'The new comparison.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('CreateComparisonInput', {
  description: 'Models over the same images.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where it belongs.' }),
    name: t.string({ description: 'Up to 100 characters.' }),
    modelVersions: t.globalIDList({
      for: ModelVersionNode,
      description: 'From 2 to 4, with the same classes.',
    }),
    version: t.globalID({
      for: DatasetVersionNode,
      description: 'The snapshot that all of them have segmented.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('createComparison', (t) =>
  t.field({
    type: defineResult('createComparison', Payload),
    description: 'Compares what models found in the same images.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, queue } = context;
        const project = await see<Project>(context, 'Project', input.project);
        demand(actor, 'work.run', { projectId: project.id });
        const name = z.string().trim().min(1).max(100).parse(input.name);
        const models = z
          .array(z.object({ id: z.uuid() }))
          .min(2)
          .max(4)
          .refine(
            (list) => new Set(list.map((m) => m.id)).size === list.length,
            'a model version stands twice',
          )
          .parse(input.modelVersions);
        for (const model of models) await see(context, 'ModelVersion', model.id);
        await demandUsable(context, input.version.id);
        const ids = models.map((model) => model.id);
        const createdById = z.uuid().parse(actor.userId);
        const request = {
          mutation: 'createComparison',
          idempotencyKey: input.idempotencyKey,
          input: { project: project.id, name, ids, version: input.version.id },
        };
        return once(context, request, async (tx) => {
          const { id } = await tx.comparison.create({
            data: {
              projectId: project.id,
              name,
              datasetVersionId: input.version.id,
              createdById,
              entries: { create: ids.map((modelVersionId, position) => ({ modelVersionId, position })) },
            },
            select: { id: true },
          });
          const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
          await enqueue(tx, queue, owner, [
            { kind: 'COMPARE', subjectId: id, payload: { comparisonId: id } },
          ]);
          await audit(tx, actor, {
            action: 'createComparison',
            organizationId: project.organizationId,
            projectId: project.id,
            subjectType: 'Comparison',
            subjectId: id,
            details: { name },
          });
          return { id };
        });
      }),
  }),
);
