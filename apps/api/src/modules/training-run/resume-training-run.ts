import type { TrainingRun } from '@cellmixer/database';
import { enqueue, tell } from '@cellmixer/jobs';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandUsable } from './plan-training.ts';
import { TrainingRunNode } from './training-run.type.ts';

const Payload = definePayload<{ readonly id: string }>('resumeTrainingRun').implement({
  description: 'The training, waiting for a worker again.',
  fields: (t) => ({
    trainingRun: t.field({ type: TrainingRunNode, description: 'The training.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('ResumeTrainingRunInput', {
  description: 'What is to go on.',
  fields: (t) => ({
    trainingRun: t.globalID({
      for: TrainingRunNode,
      description: 'A training that failed or was cancelled.',
    }),
  }),
});

builder.mutationField('resumeTrainingRun', (t) =>
  t.field({
    type: defineResult('resumeTrainingRun', Payload),
    description:
      'Goes on with a training that failed or was cancelled, from its last checkpoint, to the same model. Does nothing where it waits or runs.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const run = await see<TrainingRun>(context, 'TrainingRun', input.trainingRun);
        demand(actor, 'work.run', { projectId: run.projectId });
        const sources = await database.trainingSource.findMany({
          where: { runId: run.id },
          distinct: ['versionId'],
          select: { versionId: true },
        });
        for (const { versionId } of sources) await demandUsable(context, versionId);
        const organizationId = await organizationOf(context, run.projectId);
        await database.$transaction(async (tx) => {
          const ended = await tx.trainingRun.updateMany({
            where: { id: run.id, status: { in: ['FAILED', 'CANCELLED'] } },
            data: {
              status: 'QUEUED',
              step: run.checkpointStep,
              errorCode: null,
              errorMessage: null,
              errorCure: null,
              finishedAt: null,
              revision: { increment: 1 },
            },
          });
          if (ended.count === 0) {
            const { status } = await tx.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
            if (status === 'QUEUED' || status === 'RUNNING') return;
            throw new RequestError(
              'ConflictError',
              status === 'SUCCEEDED' ? 'TRAINING_FINISHED' : 'TRAINING_STOPPING',
              status === 'SUCCEEDED'
                ? `"${run.name}" has ended well.`
                : `The worker of "${run.name}" has not stopped yet.`,
              {
                subject: run.name,
                cure:
                  status === 'SUCCEEDED'
                    ? 'Clone it to train again.'
                    : 'Wait until it is CANCELLED, and resume it then.',
              },
            );
          }
          const owner = { organizationId, projectId: run.projectId, createdById: actor.userId };
          await enqueue(tx, queue, owner, [
            { kind: 'TRAIN', subjectId: run.id, payload: { trainingRunId: run.id } },
          ]);
          await tell(tx, 'TrainingRun', run.id);
          await audit(tx, actor, {
            action: 'resumeTrainingRun',
            organizationId,
            projectId: run.projectId,
            subjectType: 'TrainingRun',
            subjectId: run.id,
            details: { fromStep: run.checkpointStep },
          });
        });
        return { id: run.id };
      }),
  }),
);
