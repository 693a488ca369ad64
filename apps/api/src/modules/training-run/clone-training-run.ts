import type { Project, TrainingRun } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandUsable } from './plan-training.ts';
import { type Started, startTraining } from './start-training.ts';
import { TrainingRunNode } from './training-run.type.ts';
import { settingsFields, settingsOfInput, settingsOfRun } from './training-settings.type.ts';

const Payload = definePayload<Started>('cloneTrainingRun').implement({
  description: 'The new training, and its baseline where one was asked for.',
  fields: (t) => ({
    trainingRun: t.field({
      type: TrainingRunNode,
      description: 'The new training.',
      resolve: ({ id }) => id,
    }),
    baseline: t.field({
      type: TrainingRunNode,
      nullable: true,
      description: 'Its baseline.',
      resolve: ({ baselineId }) => baselineId,
    }),
  }),
});

const Input = builder.inputType('CloneTrainingRunInput', {
  description: 'A training to do again on the same pictures; what is left out stays as it was.',
  fields: (t) => ({
    trainingRun: t.globalID({ for: TrainingRunNode, description: 'The training that is cloned.' }),
    name: t.string({
      required: false,
      description: 'Up to 100 characters; the same name makes a further version of the same model.',
    }),
    ...settingsFields(t),
    withBaseline: t.boolean({
      required: false,
      description: 'Also train the baseline with these settings; as the cloned one had by default.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const nameShape = z.object({ name: z.string().trim().min(1).max(100).nullish() });

builder.mutationField('cloneTrainingRun', (t) =>
  t.field({
    type: defineResult('cloneTrainingRun', Payload),
    description: 'Trains again on the same pictures, with another seed or other settings.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const run = await see<TrainingRun>(context, 'TrainingRun', input.trainingRun);
        demand(context.actor, 'work.run', { projectId: run.projectId });
        if (run.nullSplitOfId !== null) {
          throw new RequestError(
            'ValidationError',
            'NULL_SPLIT_NOT_CLONED',
            `"${run.name}" is the null split of a model version, and makes no model.`,
            { subject: run.name, cure: 'Clone the training of that model, or start its null split again.' },
          );
        }
        const project = await see<Project>(context, 'Project', run.projectId);
        const { name } = nameShape.parse({ name: input.name });
        const settings = settingsOfInput(input, settingsOfRun(run));
        const { trainingRun: _, idempotencyKey, ...rest } = input;
        const classes = await context.database.trainingClass.findMany({
          where: { runId: run.id },
          orderBy: { position: 'asc' },
          include: { sources: { select: { versionId: true, cellLineId: true } } },
        });
        const versions = new Set(classes.flatMap((one) => one.sources.map((source) => source.versionId)));
        for (const version of versions) await demandUsable(context, version);
        const request = {
          mutation: 'cloneTrainingRun',
          idempotencyKey,
          input: { trainingRun: run.id, ...rest },
        };
        return once(context, request, async (tx) => {
          const had = await tx.trainingRun.count({ where: { baselineOfId: run.id } });
          const withBaseline = run.method === 'CELLMIXER' && (input.withBaseline ?? had > 0);
          const plan = { name: name ?? run.name, classes, settings, method: run.method, withBaseline };
          return startTraining(tx, context, project, plan, 'cloneTrainingRun');
        });
      }),
  }),
);
