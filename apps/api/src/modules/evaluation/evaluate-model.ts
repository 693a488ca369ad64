import type { ModelVersion, Project } from '@cellmixer/database';
import { enqueue, tell } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable } from '../training-run/plan-training.ts';
import { EvaluationNode } from './evaluation.type.ts';

const Payload = definePayload<{ readonly id: string }>('evaluateModel').implement({
  description: 'The evaluation; its results come once they are measured.',
  fields: (t) => ({
    evaluation: t.field({
      type: EvaluationNode,
      description: 'The evaluation.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('EvaluateModelInput', {
  description: 'What to score on what.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where it belongs.' }),
    modelVersion: t.globalID({ for: ModelVersionNode, description: 'What is scored.' }),
    version: t.globalID({ for: DatasetVersionNode, description: 'The snapshot with annotated images.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('evaluateModel', (t) =>
  t.field({
    type: defineResult('evaluateModel', Payload),
    description:
      'Scores a model version on the annotated images of a snapshot, beside its baseline where it has one. A second time measures anew.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, queue } = context;
        const project = await see<Project>(context, 'Project', input.project);
        demand(actor, 'work.run', { projectId: project.id });
        const model = await see<ModelVersion>(context, 'ModelVersion', input.modelVersion);
        await demandUsable(context, input.version.id);
        const createdById = z.uuid().parse(actor.userId);
        const place = {
          projectId: project.id,
          modelVersionId: model.id,
          datasetVersionId: input.version.id,
        };
        const request = { mutation: 'evaluateModel', idempotencyKey: input.idempotencyKey, input: place };
        return once(context, request, async (tx) => {
          const annotated = await tx.datasetVersionItem.count({
            where: {
              versionId: input.version.id,
              annotationRevision: { not: null },
              image: { deletedAt: null },
            },
          });
          if (annotated === 0) {
            throw new RequestError(
              'ValidationError',
              'ANNOTATION_MISSING',
              'No image of the snapshot was annotated when it was taken.',
              { subject: 'version', cure: 'Upload maps of the true classes, and take a new snapshot.' },
            );
          }
          const baseline = await tx.modelVersion.findFirst({
            where: { trainingRun: { baselineOfId: model.trainingRunId ?? model.id } },
            select: { id: true },
          });
          const open = { status: 'QUEUED' as const, baselineVersionId: baseline?.id ?? null };
          const { id } = await tx.evaluation.upsert({
            where: { projectId_modelVersionId_datasetVersionId: place },
            create: { ...place, ...open, createdById },
            update: { ...open, errorCode: null, errorMessage: null, errorCure: null, finishedAt: null },
            select: { id: true },
          });
          const busy = await tx.job.count({
            where: { kind: 'EVALUATE', subjectId: id, status: { in: ['QUEUED', 'RUNNING'] } },
          });
          if (busy > 0) return { id };
          const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
          await enqueue(tx, queue, owner, [
            { kind: 'EVALUATE', subjectId: id, payload: { evaluationId: id } },
          ]);
          await audit(tx, actor, {
            action: 'evaluateModel',
            organizationId: project.organizationId,
            projectId: project.id,
            subjectType: 'Evaluation',
            subjectId: id,
            details: { images: annotated },
          });
          await tell(tx, 'Evaluation', id);
          return { id };
        });
      }),
  }),
);
