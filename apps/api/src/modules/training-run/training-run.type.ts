import type { TrainingRun } from '@cellmixer/database';
import { queuePlaces } from '@cellmixer/jobs';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { methodsOfRun } from './methods-of-run.ts';
import {
  AttemptType,
  ClassType,
  LogLineType,
  MetricType,
  PictureKindEnum,
  SamplePictureType,
} from './training-log.type.ts';
import { SettingsType, settingsOfRun } from './training-settings.type.ts';

export const TrainingRunNode = defineNode<TrainingRun>('TrainingRun');

export const TrainingMethodEnum = builder.enumType('TrainingMethod', {
  description: 'CELLMIXER: mixtures of pure pictures. BASELINE: pure pictures alone, all else identical.',
  values: ['CELLMIXER', 'BASELINE'] as const,
});

const afterShape = z.int().min(0).nullish();

TrainingRunNode.implement({
  description: 'One training of one network.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    method: t.expose('method', { type: TrainingMethodEnum, description: 'What is trained.' }),
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    preset: t.exposeString('preset', { description: 'fast, balanced or accurate.' }),
    seed: t.exposeInt('seed', { description: 'The same pictures, settings and seed give the same model.' }),
    settings: t.field({
      type: SettingsType,
      description: 'Everything that decides it besides its pictures.',
      resolve: settingsOfRun,
    }),
    step: t.exposeInt('step', { description: 'Steps done.' }),
    steps: t.exposeInt('steps', { description: 'Steps in all.' }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description: 'Estimated seconds to the end.',
    }),
    queuePlace: t.loadable({
      type: 'Int',
      nullable: true,
      description: 'Its place among the trainings that wait, from 1; null where it does not wait.',
      load: async (ids: string[], { database }) => {
        const places = await queuePlaces(database, 'train', ids);
        return ids.map((id) => (places.get(id) ?? null) as never);
      },
      resolve: (run) => run.id,
    }),
    checkpointStep: t.int({
      nullable: true,
      description: 'The step of the last checkpoint, from which it is resumed; null without one.',
      resolve: (run) => (run.checkpointKey === null ? null : run.checkpointStep),
    }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the first worker took it.',
    }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    classes: t.field({
      type: [ClassType],
      description: 'What it tells apart, in the order of the network’s outputs.',
      resolve: (run, _args, { database }) =>
        database.trainingClass.findMany({
          where: { runId: run.id },
          orderBy: { position: 'asc' },
          include: { sources: { select: { versionId: true, cellLineId: true } } },
        }),
    }),
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
    baselineOf: t.field({
      type: TrainingRunNode,
      nullable: true,
      description: 'The training that it is the baseline of.',
      resolve: (run) => run.baselineOfId,
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
      type: [MetricType],
      description: 'The curves after a step, at most 2,000 points.',
      args: { afterStep: t.arg.int({ required: false, description: 'Only later steps; 0 by default.' }) },
      resolve: (run, { afterStep }, { database }) =>
        database.trainingMetric.findMany({
          where: { runId: run.id, step: { gt: afterStep ?? 0 } },
          orderBy: { step: 'asc' },
          take: 2000,
        }),
    }),
    pictures: t.field({
      type: [SamplePictureType],
      description: 'Mixtures as the network sees them, first to last, at most 200.',
      args: {
        kind: t.arg({ type: PictureKindEnum, required: false, description: 'Only of this kind.' }),
        fromStep: t.arg.int({ required: false, description: 'Only from this step on; 0 by default.' }),
      },
      resolve: (run, { kind, fromStep }, { database }) =>
        database.trainingSamplePicture.findMany({
          where: {
            runId: run.id,
            step: { gte: afterShape.parse(fromStep) ?? 0 },
            ...(kind == null ? {} : { kind }),
          },
          orderBy: [{ step: 'asc' }, { kind: 'asc' }, { position: 'asc' }],
          take: 200,
        }),
    }),
    log: t.field({
      type: [LogLineType],
      description: 'What happened, oldest first, at most 500 lines; ask on after the last position.',
      args: { after: t.arg.int({ required: false, description: 'Only later positions; 0 by default.' }) },
      resolve: (run, { after }, { database }) =>
        database.trainingLogLine.findMany({
          where: { runId: run.id, position: { gt: afterShape.parse(after) ?? 0 } },
          orderBy: { position: 'asc' },
          take: 500,
        }),
    }),
    attempts: t.field({
      type: [AttemptType],
      description: 'On which machines it was trained, first to last; more than one where it was resumed.',
      resolve: (run, _args, { database }) =>
        database.trainingAttempt.findMany({ where: { runId: run.id }, orderBy: { number: 'asc' } }),
    }),
    methodsText: t.string({
      description: 'The paragraph for a paper: pictures, settings, seed, versions.',
      resolve: (run, _args, { database }) => methodsOfRun(database, run),
    }),
  }),
});
