import type { Project } from '@cellmixer/database';
import { aliveWorkers } from '@cellmixer/jobs';
import { builder } from '../../graphql/builder.ts';
import { see } from '../../graphql/demand.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable } from '../training-run/plan-training.ts';
import { chosenImages } from './chosen-images.ts';
import { type OutsideTraining, outsideTraining } from './outside-training.ts';
import { runSettings } from './run-settings.ts';
import { segmentationSpeed } from './segmentation-speed.ts';

interface Estimate {
  readonly images: number;
  readonly known: number;
  readonly waiting: number;
  readonly megapixels: number;
  readonly secondsLow: number | null;
  readonly secondsHigh: number | null;
  readonly workerPresent: boolean;
  readonly inferencePresent: boolean | null;
  readonly warnings: readonly OutsideTraining[];
}

const WarningCode = builder.enumType('OutsideTrainingCode', {
  description: 'In what the images are unlike those that the model was trained on.',
  values: ['CHANNELS', 'MODALITY', 'PIXEL_SIZE', 'DEPTH', 'REPLICATE'] as const,
});

const Warning = builder.objectRef<OutsideTraining>('OutsideTraining').implement({
  description: 'Something about the images that the model has not met in training.',
  fields: (t) => ({
    code: t.expose('code', { type: WarningCode, description: 'In what they are unlike.' }),
    message: t.exposeString('message', { description: 'In plain words.' }),
    images: t.exposeInt('images', { description: 'How many images it is about.' }),
  }),
});

const EstimateType = builder.objectRef<Estimate>('SegmentationEstimate').implement({
  description: 'What a segmentation run would take, before it is started.',
  fields: (t) => ({
    images: t.exposeInt('images', { description: 'Images in all.' }),
    known: t.exposeInt('known', { description: 'Those that were segmented so before and are taken over.' }),
    waiting: t.exposeInt('waiting', { description: 'Images of other runs that come first.' }),
    megapixels: t.exposeFloat('megapixels', { description: 'Millions of pixels to be segmented.' }),
    secondsLow: t.exposeFloat('secondsLow', {
      nullable: true,
      description:
        'Seconds at the least, from the speed of the last hundred images; null while there are none.',
    }),
    secondsHigh: t.exposeFloat('secondsHigh', {
      nullable: true,
      description: 'Seconds at the most, likewise; what waits before is in it.',
    }),
    workerPresent: t.exposeBoolean('workerPresent', {
      description: 'Whether any worker is there; else the run waits until one is started.',
    }),
    inferencePresent: t.exposeBoolean('inferencePresent', {
      nullable: true,
      description:
        'Whether the model server answers; else the run waits until it does. Null where the API does not know its address.',
    }),
    warnings: t.field({
      type: [Warning],
      description: 'Where modality, pixel size, depth or replicate lie outside training.',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

builder.queryField('estimateSegmentationRun', (t) =>
  t.field({
    type: EstimateType,
    description: 'What segmenting the images of a snapshot would take, and what speaks against it.',
    extensions: { rule: 'project.see' },
    args: {
      project: t.arg.globalID({ for: ProjectNode, description: 'Where the results would belong.' }),
      modelVersion: t.arg.globalID({ for: ModelVersionNode, description: 'By what.' }),
      version: t.arg.globalID({ for: DatasetVersionNode, description: 'The snapshot.' }),
      mixturesOnly: t.arg.boolean({
        required: false,
        description: 'As in `createSegmentationRun`.',
      }),
      threshold: t.arg.float({ required: false, description: 'As in `createSegmentationRun`.' }),
    },
    resolve: async (_root, args, context): Promise<Estimate> => {
      const { database } = context;
      const project = await see<Project>(context, 'Project', args.project);
      await see(context, 'ModelVersion', args.modelVersion);
      await demandUsable(context, args.version.id);
      const imageIds = await chosenImages(database, args.version.id, args.mixturesOnly);
      const done = await database.segmentation.findMany({
        where: {
          projectId: project.id,
          modelVersionId: args.modelVersion.id,
          settingsHash: runSettings(args.threshold).settingsHash,
          imageId: { in: imageIds },
          status: 'SUCCEEDED',
        },
        select: { imageId: true },
      });
      const known = new Set(done.map((row) => row.imageId));
      const todo = imageIds.filter((id) => !known.has(id));
      const [sizes, waiting, speed, workers, inferencePresent, warnings] = await Promise.all([
        database.image.findMany({ where: { id: { in: todo } }, select: { width: true, height: true } }),
        database.job.count({ where: { kind: 'SEGMENT', status: { in: ['QUEUED', 'RUNNING'] } } }),
        segmentationSpeed(database),
        aliveWorkers(database),
        context.inferenceReady(),
        outsideTraining(database, args.modelVersion.id, imageIds, args.version.id),
      ]);
      const megapixels = sizes.reduce(
        (sum, { width, height }) => sum + ((width ?? 0) * (height ?? 0)) / 1e6,
        0,
      );
      const each = todo.length === 0 ? 0 : megapixels / todo.length;
      const seconds = (rate: number, images: number) => (rate * each * images) / (speed?.together ?? 1);
      return {
        images: imageIds.length,
        known: known.size,
        waiting,
        megapixels,
        secondsLow: speed === null ? null : seconds(speed.low, todo.length),
        // Of what waits before, nobody knows the size here: as large as these.
        secondsHigh: speed === null ? null : seconds(speed.high, todo.length + waiting),
        workerPresent: workers.length > 0,
        inferencePresent,
        warnings,
      };
    },
  }),
);
