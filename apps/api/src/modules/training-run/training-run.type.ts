import type { TrainingMetric, TrainingRun } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';

export const TrainingRunNode = defineNode<TrainingRun>('TrainingRun');

export const TrainingMethodEnum = builder.enumType('TrainingMethod', {
  description: 'CELLMIXER: mixtures of pure pictures. BASELINE: pure pictures alone, all else identical.',
  values: ['CELLMIXER', 'BASELINE'] as const,
});

const Metric = builder.objectRef<TrainingMetric>('TrainingMetric').implement({
  description:
    'A point of the curves: losses of a step, or a look at artificial mixtures of the training pictures.',
  fields: (t) => ({
    step: t.exposeInt('step', { description: 'Counts from 1.' }),
    loss: t.exposeFloat('loss', { nullable: true, description: 'What is minimised.' }),
    foregroundLoss: t.exposeFloat('foregroundLoss', {
      nullable: true,
      description: 'Its part for cell or not.',
    }),
    typeLoss: t.exposeFloat('typeLoss', { nullable: true, description: 'Its part for the type.' }),
    learningRate: t.exposeFloat('learningRate', { nullable: true, description: 'Of that step.' }),
    miou: t.exposeFloat('miou', { nullable: true, description: 'Mean IoU over types, without background.' }),
    foregroundIou: t.exposeFloat('foregroundIou', { nullable: true, description: 'IoU of cell or not.' }),
    typeAccuracy: t.exposeFloat('typeAccuracy', { nullable: true, description: 'Mean recall over types.' }),
  }),
});

TrainingRunNode.implement({
  description: 'One training of one network.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    method: t.expose('method', { type: TrainingMethodEnum, description: 'What is trained.' }),
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    preset: t.exposeString('preset', { description: 'fast, balanced or accurate.' }),
    seed: t.exposeInt('seed', { description: 'The same pictures, settings and seed give the same model.' }),
    step: t.exposeInt('step', { description: 'Steps done.' }),
    steps: t.exposeInt('steps', { description: 'Steps in all.' }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description: 'Estimated seconds to the end.',
    }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    baseline: t.loadable({
      type: TrainingRunNode,
      nullable: true,
      description: 'The baseline on the same pictures, budget and seed.',
      load: async (ids: string[], { database }) => {
        const rows = await database.trainingRun.findMany({ where: { baselineOfId: { in: ids } } });
        const byId = new Map(rows.map((row) => [row.baselineOfId, row.id]));
        return ids.map((id) => (byId.get(id) ?? null) as never);
      },
      resolve: (run) => run.id,
    }),
    modelVersion: t.loadable({
      type: ModelVersionNode,
      nullable: true,
      description: 'What it made, once it has ended well.',
      load: async (ids: string[], { database }) => {
        const rows = await database.modelVersion.findMany({ where: { trainingRunId: { in: ids } } });
        const byRun = new Map(rows.map((row) => [row.trainingRunId, row]));
        return ids.map((id) => (byRun.get(id) ?? null) as never);
      },
      resolve: (run) => run.id,
    }),
    metrics: t.field({
      type: [Metric],
      description: 'The curves after a step, at most 2,000 points.',
      args: { afterStep: t.arg.int({ required: false, description: 'Only later steps; 0 by default.' }) },
      resolve: (run, { afterStep }, { database }) =>
        database.trainingMetric.findMany({
          where: { runId: run.id, step: { gt: afterStep ?? 0 } },
          orderBy: { step: 'asc' },
          take: 2000,
        }),
    }),
  }),
});
