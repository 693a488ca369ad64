import type { TrainingRun } from '@cellmixer/database';
import { cancelJobsOf } from '@cellmixer/jobs';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { TrainingRunNode } from './training-run.type.ts';
import { withBaseline } from './with-baseline.ts';

const Payload = definePayload<{ readonly id: string }>('cancelTrainingRun').implement({
  description: 'The training; CANCELLING until its worker has stopped.',
  fields: (t) => ({
    trainingRun: t.field({ type: TrainingRunNode, description: 'The training.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('CancelTrainingRunInput', {
  description: 'What is to stop.',
  fields: (t) => ({ trainingRun: t.globalID({ for: TrainingRunNode, description: 'The training.' }) }),
});

builder.mutationField('cancelTrainingRun', (t) =>
  t.field({
    type: defineResult('cancelTrainingRun', Payload),
    description:
      'Stops a training, and its baseline with it. Their last checkpoints stay, so that both can be resumed. What has ended stays as it is. Of a baseline: stops that alone.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const run = await see<TrainingRun>(context, 'TrainingRun', input.trainingRun);
        demand(actor, 'work.run', { projectId: run.projectId });
        const organizationId = await organizationOf(context, run.projectId);
        await database.$transaction(async (tx) => {
          for (const { id } of await withBaseline(tx, run)) {
            const told = await cancelJobsOf(tx, [id]);
            if (told === 0) continue;
            await audit(tx, actor, {
              action: 'cancelTrainingRun',
              organizationId,
              projectId: run.projectId,
              subjectType: 'TrainingRun',
              subjectId: id,
            });
          }
        });
        return { id: run.id };
      }),
  }),
);
