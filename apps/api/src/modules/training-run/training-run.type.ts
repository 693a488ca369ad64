import {
  type ModelVersion,
  Prisma,
  type TrainingAttempt,
  type TrainingLogLine,
  type TrainingMetric,
  type TrainingRun,
  type TrainingSamplePicture,
} from '@cellmixer/database';
import { queuePlaces } from '@cellmixer/jobs';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { demandFewReports, oneAtATime } from '../../graphql/one-at-a-time.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { rowNaming } from '../../graphql/row-naming.ts';
import { rowsUnder } from '../../graphql/rows-under.ts';
import { withdrawnImages } from '../image/withdrawn-images.ts';
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
    queuePlace: t.int({
      nullable: true,
      description: 'Its place among the trainings that wait, from 1; null where it does not wait.',
      resolve: (run, _args, context) =>
        loadTogether(context, 'places in the queue', run.id, async (ids) => {
          const places = await queuePlaces(context.database, 'train', ids);
          return new Map(ids.map((id) => [id, places.get(id) ?? null]));
        }),
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
      resolve: (run, _args, context) =>
        loadTogether(context, 'classes of trainings', run.id, async (ids) => {
          const rows = await context.database.trainingClass.findMany({
            where: { runId: { in: [...ids] } },
            orderBy: { position: 'asc' },
            include: { sources: { select: { versionId: true, cellLineId: true } } },
          });
          const byRun = Map.groupBy(rows, (row) => row.runId);
          return new Map(ids.map((id) => [id, byRun.get(id) ?? []]));
        }),
    }),
    baseline: t.field({
      type: TrainingRunNode,
      nullable: true,
      description: 'The baseline on the same pictures, budget and seed; null where it was deleted.',
      resolve: (run, _args, context) =>
        rowNaming<TrainingRun>(context, 'TrainingRun', 'baselineOfId', run.id),
    }),
    baselineOf: t.field({
      type: TrainingRunNode,
      nullable: true,
      description: 'The training that it is the baseline of; null where that was deleted.',
      resolve: (run, _args, context) => orNull(TrainingRunNode, context, run.baselineOfId),
    }),
    withdrawn: t.int({
      description: 'How many of its pictures were deleted since the snapshots were taken.',
      resolve: (run, _args, context) =>
        loadTogether(context, 'withdrawn images of TrainingRun', run.id, (ids) =>
          withdrawnImages(context.database, 'TrainingRun', ids),
        ),
    }),
    nullSplitOf: t.field({
      type: ModelVersionNode,
      nullable: true,
      description:
        'The model version that it is the null split of: its classes are two halves of one line’s replicates, and it makes no model.',
      resolve: (run, _args, context) => orNull(ModelVersionNode, context, run.nullSplitOfId),
    }),
    nullSplitAccuracy: t.exposeFloat('nullSplitAccuracy', {
      nullable: true,
      description:
        'Of a null split that has ended well: balanced accuracy of telling the halves apart on pictures that were kept out, from 0 to 1; 0.5 is chance.',
    }),
    modelVersion: t.field({
      type: ModelVersionNode,
      nullable: true,
      description: 'What it made, once it has ended well; null where its model has been deleted.',
      resolve: (run, _args, context) =>
        rowNaming<ModelVersion>(context, 'ModelVersion', 'trainingRunId', run.id),
    }),
    metrics: t.field({
      type: [MetricType],
      description: 'The curves after a step, at most 2,000 points.',
      args: { afterStep: t.arg.int({ required: false, description: 'Only later steps; 0 by default.' }) },
      resolve: (run, { afterStep }, context) =>
        rowsUnder<TrainingMetric>(
          context,
          {
            table: 'TrainingMetric',
            parent: 'runId',
            where: Prisma.sql`t.step > ${afterStep ?? 0}`,
            order: Prisma.sql`t.step`,
            most: 2000,
          },
          run.id,
        ),
    }),
    pictures: t.field({
      type: [SamplePictureType],
      description: 'Mixtures as the network sees them, first to last, at most 200.',
      args: {
        kind: t.arg({ type: PictureKindEnum, required: false, description: 'Only of this kind.' }),
        fromStep: t.arg.int({ required: false, description: 'Only from this step on; 0 by default.' }),
      },
      resolve: (run, { kind, fromStep }, context) => {
        const later = Prisma.sql`t.step >= ${afterShape.parse(fromStep) ?? 0}`;
        return rowsUnder<TrainingSamplePicture>(
          context,
          {
            table: 'TrainingSamplePicture',
            parent: 'runId',
            where: kind == null ? later : Prisma.sql`${later} AND t.kind::text = ${kind}`,
            order: Prisma.sql`t.step, t.kind, t.position`,
            most: 200,
          },
          run.id,
        );
      },
    }),
    log: t.field({
      type: [LogLineType],
      description: 'What happened, oldest first, at most 500 lines; ask on after the last position.',
      args: { after: t.arg.int({ required: false, description: 'Only later positions; 0 by default.' }) },
      resolve: (run, { after }, context) =>
        rowsUnder<TrainingLogLine>(
          context,
          {
            table: 'TrainingLogLine',
            parent: 'runId',
            where: Prisma.sql`t.position > ${afterShape.parse(after) ?? 0}`,
            order: Prisma.sql`t.position`,
            most: 500,
          },
          run.id,
        ),
    }),
    attempts: t.field({
      type: [AttemptType],
      description: 'On which machines it was trained, first to last; more than one where it was resumed.',
      resolve: (run, _args, context) =>
        rowsUnder<TrainingAttempt>(
          context,
          { table: 'TrainingAttempt', parent: 'runId', order: Prisma.sql`t.number`, most: 100 },
          run.id,
        ),
    }),
    methodsText: t.string({
      description:
        'The paragraph for a paper: pictures, settings, seed, versions. Of five trainings at most.',
      extensions: oneAtATime,
      resolve: (run, _args, context) => {
        demandFewReports(context, 'methodsText');
        return methodsOfRun(context.database, run);
      },
    }),
  }),
});
