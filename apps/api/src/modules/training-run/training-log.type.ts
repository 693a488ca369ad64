import { fingerprintSchema, type MachineFingerprint } from '@cellmixer/cellmixer/card';
import type {
  TrainingAttempt,
  TrainingClass,
  TrainingLogLine,
  TrainingMetric,
  TrainingSamplePicture,
} from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';

export const MetricType = builder.objectRef<TrainingMetric>('TrainingMetric').implement({
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

const LogLevelEnum = builder.enumType('LogLevel', {
  description: 'How much a line of a log matters.',
  values: ['INFO', 'WARNING', 'ERROR'] as const,
});

export const LogLineType = builder.objectRef<TrainingLogLine>('TrainingLogLine').implement({
  description: 'Something that happened in a training.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Counts from 1.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    level: t.expose('level', { type: LogLevelEnum, description: 'How much it matters.' }),
    text: t.exposeString('text', { description: 'What.' }),
  }),
});

export const PictureKindEnum = builder.enumType('TrainingPictureKind', {
  description:
    'SAMPLE: a mixture that is trained on. PREDICTION: one that is not, with what the network finds in it.',
  values: ['SAMPLE', 'PREDICTION'] as const,
});

export const SamplePictureType = builder.objectRef<TrainingSamplePicture>('TrainingSamplePicture').implement({
  description:
    'A mixture as the network sees it, in one contrast for the run; addresses hold for ten minutes.',
  fields: (t) => ({
    kind: t.expose('kind', { type: PictureKindEnum, description: 'Trained on, or not.' }),
    step: t.exposeInt('step', { description: 'Steps done when it was drawn.' }),
    position: t.exposeInt('position', {
      description:
        'From 0; a mixture that is not trained on keeps its place, so that it can be watched as it gets better.',
    }),
    pictureUrl: t.string({
      description: 'PNG: the picture.',
      resolve: (row, _args, context) => objectUrl(context, row.pictureKey, 'image/png'),
    }),
    labelsUrl: t.string({
      description: 'PNG: the picture with its true classes in colour; grey is ignored.',
      resolve: (row, _args, context) => objectUrl(context, row.labelsKey, 'image/png'),
    }),
    predictionUrl: t.string({
      nullable: true,
      description: 'PNG: the picture with the predicted classes in colour.',
      resolve: (row, _args, context) => objectUrl(context, row.predictionKey, 'image/png'),
    }),
  }),
});

export const FingerprintType = builder.objectRef<MachineFingerprint>('MachineFingerprint').implement({
  description: 'What must be equal so that a training gives the same bits again.',
  fields: (t) => ({
    provider: t.exposeString('provider', { description: 'cpu, webgpu or cuda.' }),
    lowering: t.exposeString('lowering', { description: 'How the network’s operators are written.' }),
    architecture: t.exposeString('architecture', { description: 'Of the processor.' }),
    processor: t.exposeString('processor', { description: 'Its name.' }),
    instructions: t.exposeString('instructions', { description: 'Instruction sets that arithmetic uses.' }),
    node: t.exposeString('node', { description: 'Version of Node.js.' }),
    runtime: t.exposeString('runtime', { description: 'Name and version of the network runtime.' }),
  }),
});

export const AttemptType = builder.objectRef<TrainingAttempt>('TrainingAttempt').implement({
  description: 'A stretch of a training on one machine.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts from 1.' }),
    worker: t.exposeString('worker', { description: 'The worker’s machine and process.' }),
    fromStep: t.exposeInt('fromStep', { description: 'The checkpoint that it began with; 0 at the start.' }),
    step: t.exposeInt('step', { description: 'Steps done when it was last heard of.' }),
    trainSeconds: t.exposeFloat('trainSeconds', { description: 'Seconds that its steps took.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When its first step began.' }),
    fingerprint: t.field({
      type: FingerprintType,
      description: 'On what it computed.',
      resolve: (row) => fingerprintSchema.parse(row.fingerprint),
    }),
    resumedElsewhere: t.boolean({
      description: 'Whether the machine computes otherwise than the one that made the checkpoint.',
      resolve: (row) => row.differences.length > 0,
    }),
    differences: t.exposeStringList('differences', {
      description: 'In what; where there are any, the result is right but not bitwise the same.',
    }),
  }),
});

export type ClassWithSources = TrainingClass & {
  readonly sources: readonly { readonly versionId: string; readonly cellLineId: string }[];
};

export const ClassType = builder.objectRef<ClassWithSources>('TrainingClass').implement({
  description: 'Something that a training tells apart.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    colour: t.exposeString('colour', { description: 'In overlays, #rrggbb.' }),
    cellLines: t.field({
      type: [CellLineNode],
      nullable: { list: false, items: true },
      description: 'Lines that are it; null for one that the asker may not see any more.',
      resolve: ({ sources }, _args, context) =>
        [...new Set(sources.map(({ cellLineId }) => cellLineId))].map((id) =>
          orNull(CellLineNode, context, id),
        ),
    }),
    versions: t.field({
      type: [DatasetVersionNode],
      nullable: { list: false, items: true },
      description: 'Snapshots that its pictures are from; null for one whose share was revoked.',
      resolve: ({ sources }, _args, context) =>
        [...new Set(sources.map(({ versionId }) => versionId))].map((id) =>
          orNull(DatasetVersionNode, context, id),
        ),
    }),
  }),
});
