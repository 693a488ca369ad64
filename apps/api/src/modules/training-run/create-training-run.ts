import type { Project } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable, picturesFields, picturesShape, planClasses } from './plan-training.ts';
import { type Started, startTraining } from './start-training.ts';
import { TrainingRunNode } from './training-run.type.ts';
import { settingsFields, settingsOfInput } from './training-settings.type.ts';

const Payload = definePayload<Started>('createTrainingRun').implement({
  description: 'The training, and its baseline where one was asked for.',
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

const Input = builder.inputType('CreateTrainingRunInput', {
  description: 'What to train on what.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where the model will be.' }),
    name: t.string({ description: 'Also the model’s name, up to 100 characters.' }),
    ...picturesFields(t),
    ...settingsFields(t),
    withBaseline: t.boolean({
      required: false,
      description: 'Also train on pure pictures alone; true by default.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const nameShape = z.object({ name: z.string().trim().min(1).max(100) });

builder.mutationField('createTrainingRun', (t) =>
  t.field({
    type: defineResult('createTrainingRun', Payload),
    description: 'Trains a network to tell classes apart, from pure cultures alone.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const project = await see<Project>(context, 'Project', input.project);
        demand(context.actor, 'work.run', { projectId: project.id });
        const { project: _, idempotencyKey, ...rest } = input;
        const { name } = nameShape.parse({ name: input.name });
        const pictures = picturesShape.parse({ versions: input.versions, classes: input.classes });
        const settings = settingsOfInput(input);
        for (const version of pictures.versions) await demandUsable(context, version.id);
        const request = {
          mutation: 'createTrainingRun',
          idempotencyKey,
          input: { project: project.id, ...rest },
        };
        return once(context, request, async (tx) => {
          const classes = await planClasses(tx, pictures);
          const withBaseline = input.withBaseline ?? true;
          const plan = { name, classes, settings, method: 'CELLMIXER' as const, withBaseline };
          return startTraining(tx, context, project, plan, 'createTrainingRun');
        });
      }),
  }),
);
