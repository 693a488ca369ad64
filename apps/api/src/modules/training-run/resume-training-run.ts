import type { TrainingRun, Transaction } from '@cellmixer/database';
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
import { withBaseline } from './with-baseline.ts';

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
      'Goes on with a training that failed or was cancelled, from its last checkpoint, to the same model, and likewise with its baseline. Does nothing where it waits or runs. Of a baseline: goes on with that alone.',
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
          const [, baseline] = await withBaseline(tx, run);
          const ended = await takeUp(tx, run);
          if (!ended) return;
          const runs = [run];
          if (baseline !== undefined && baseline.status !== 'SUCCEEDED' && (await takeUp(tx, baseline)))
            runs.push(baseline);
          const owner = { organizationId, projectId: run.projectId, createdById: actor.userId };
          await enqueue(
            tx,
            queue,
            owner,
            runs.map(({ id }) => ({ kind: 'TRAIN', subjectId: id, payload: { trainingRunId: id } })),
          );
          for (const { id, checkpointStep } of runs) {
            await tell(tx, 'TrainingRun', id);
            await audit(tx, actor, {
              action: 'resumeTrainingRun',
              organizationId,
              projectId: run.projectId,
              subjectType: 'TrainingRun',
              subjectId: id,
              details: { fromStep: checkpointStep },
            });
          }
        });
        return { id: run.id };
      }),
  }),
);

/**
 * Puts a training that has failed or was cancelled back to its last checkpoint.
 *
 * @returns whether it was: false where it waits or runs
 * @throws ConflictError where it has ended well, or has not stopped yet
 */
async function takeUp(tx: Transaction, { id, name, checkpointStep }: TrainingRun): Promise<boolean> {
  const ended = await tx.trainingRun.updateMany({
    where: { id, status: { in: ['FAILED', 'CANCELLED'] } },
    data: {
      status: 'QUEUED',
      step: checkpointStep,
      errorCode: null,
      errorMessage: null,
      errorCure: null,
      finishedAt: null,
      revision: { increment: 1 },
    },
  });
  if (ended.count > 0) return true;
  const { status } = await tx.trainingRun.findUniqueOrThrow({ where: { id } });
  if (status === 'QUEUED' || status === 'RUNNING') return false;
  throw status === 'SUCCEEDED'
    ? new RequestError('ConflictError', 'TRAINING_FINISHED', `“${name}” has ended well.`, {
        subject: name,
        cure: 'Clone it to train again.',
      })
    : new RequestError('ConflictError', 'TRAINING_STOPPING', `“${name}” has not stopped yet.`, {
        subject: name,
        cure: 'Wait a few seconds until it is cancelled, and resume it then.',
      });
}
