import type { TrainingChoices } from '@cellmixer/cellmixer/settings';
import type { Project } from '@cellmixer/database';
import { type AliveWorker, aliveWorkers } from '@cellmixer/jobs';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable, picturesFields, picturesShape, planClasses } from './plan-training.ts';
import { picturesOfClasses } from './training-pictures.ts';
import { SettingsType, settingsFields, settingsOfInput } from './training-settings.type.ts';
import { type TrainingTime, trainingTime } from './training-speed.ts';
import { type TrainingWarning, trainingWarningCodes, warningsOfPictures } from './training-warnings.ts';

interface ClassCount {
  readonly name: string;
  readonly pictures: number;
  readonly replicates: number;
  readonly cells: number | null;
}

interface Estimate {
  readonly classes: readonly ClassCount[];
  readonly warnings: readonly TrainingWarning[];
  readonly time: TrainingTime;
  readonly settings: TrainingChoices;
  readonly workers: number;
  readonly gpu: boolean | null;
  readonly ahead: number;
}

const WarningCodeEnum = builder.enumType('TrainingWarningCode', {
  description: 'What speaks against a training.',
  values: trainingWarningCodes,
});

const WarningType = builder.objectRef<TrainingWarning>('TrainingWarning').implement({
  description: 'Something that speaks against a training, before it is started.',
  fields: (t) => ({
    code: t.expose('code', { type: WarningCodeEnum, description: 'For programs.' }),
    blocking: t.exposeBoolean('blocking', { description: 'Whether it would fail, or never begin.' }),
    message: t.exposeString('message', { description: 'In plain words.' }),
    cure: t.exposeString('cure', { description: 'What to do about it.' }),
    subject: t.exposeString('subject', { nullable: true, description: 'The class; null for all of them.' }),
  }),
});

const ClassCountType = builder.objectRef<ClassCount>('TrainingClassCount').implement({
  description: 'What there is to learn a class from.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The class.' }),
    pictures: t.exposeInt('pictures', { description: 'Pictures of its pure cultures.' }),
    replicates: t.exposeInt('replicates', { description: 'Replicates, or samples where none are named.' }),
    cells: t.exposeInt('cells', {
      nullable: true,
      description: 'Objects that were found in them; null while no picture has been looked at.',
    }),
  }),
});

const EstimateType = builder.objectRef<Estimate>('TrainingEstimate').implement({
  description: 'What a training would take, before it is started.',
  fields: (t) => ({
    classes: t.field({
      type: [ClassCountType],
      description: 'Class by class.',
      resolve: ({ classes }) => [...classes],
    }),
    warnings: t.field({
      type: [WarningType],
      description: 'What speaks against it, blocking ones first; empty when all is well.',
      resolve: ({ warnings }) => [...warnings],
    }),
    secondsLow: t.float({
      description: 'Seconds at the least, the baseline included; a plateau may end it earlier.',
      resolve: ({ time }) => time.secondsLow,
    }),
    secondsHigh: t.float({ description: 'Seconds at the most.', resolve: ({ time }) => time.secondsHigh }),
    measuredOn: t.int({
      description: 'Trainings on this server that the time was measured on; 0: a guess for any machine.',
      resolve: ({ time }) => time.measuredOn,
    }),
    settings: t.expose('settings', { type: SettingsType, description: 'Complete, as it would be trained.' }),
    workers: t.exposeInt('workers', { description: 'Workers that are there now.' }),
    gpuPresent: t.boolean({
      nullable: true,
      description: 'Whether one of them computes on a GPU; null until one has trained.',
      resolve: ({ gpu }) => gpu,
    }),
    runsAhead: t.int({
      description: 'Trainings that run or wait, and come first.',
      resolve: ({ ahead }) => ahead,
    }),
  }),
});

const Input = builder.inputType('EstimateTrainingRunInput', {
  description: 'As in `createTrainingRun`.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where the model would be.' }),
    ...picturesFields(t),
    ...settingsFields(t),
    withBaseline: t.boolean({ required: false, description: 'With the baseline; true by default.' }),
  }),
});

builder.queryField('estimateTrainingRun', (t) =>
  t.field({
    type: EstimateType,
    description: 'What a training would take, and what speaks against it.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input, description: 'What would be trained.' }) },
    resolve: async (_root, { input }, context): Promise<Estimate> => {
      const { actor, database } = context;
      const project = await see<Project>(context, 'Project', input.project);
      demand(actor, 'work.run', { projectId: project.id });
      const wanted = picturesShape.parse({ versions: input.versions, classes: input.classes });
      const settings = settingsOfInput(input);
      for (const version of wanted.versions) await demandUsable(context, version.id);
      const classes = await planClasses(database, wanted);
      const pictures = await picturesOfClasses(database, classes);
      const runs = (input.withBaseline ?? true) ? 2 : 1;
      const [time, workers, ahead] = await Promise.all([
        trainingTime(database, settings, pictures.length, runs),
        aliveWorkers(database),
        database.job.count({ where: { kind: 'TRAIN', status: { in: ['QUEUED', 'RUNNING'] } } }),
      ]);
      const gpu = gpuOf(workers);
      const names = classes.map((one) => one.name);
      return {
        classes: names.map((name, position) => {
          const own = pictures.filter((picture) => picture.position === position);
          const looked = own.flatMap((picture) => picture.objects ?? []);
          return {
            name,
            pictures: own.length,
            replicates: new Set(own.map((picture) => picture.replicate)).size,
            cells: looked.length === 0 ? null : looked.reduce((a, b) => a + b, 0),
          };
        }),
        warnings: [...warningsOfWorkers(workers, gpu), ...warningsOfPictures(names, pictures)],
        time,
        settings,
        workers: workers.length,
        gpu,
        ahead,
      };
    },
  }),
);

function gpuOf(workers: readonly AliveWorker[]): boolean | null {
  const provider = ({ setting, provider }: AliveWorker) => provider ?? (setting === 'auto' ? null : setting);
  const known = workers.map(provider);
  if (known.some((name) => name === 'cuda' || name === 'webgpu')) return true;
  return known.includes(null) || known.length === 0 ? null : false;
}

function warningsOfWorkers(workers: readonly AliveWorker[], gpu: boolean | null): TrainingWarning[] {
  const frame = { subject: null };
  if (workers.length === 0) {
    return [
      {
        ...frame,
        code: 'WORKER_MISSING',
        blocking: true,
        message: 'No worker is running: the training would wait until one is started.',
        cure: 'Ask the operator to start a worker.',
      },
    ];
  }
  if (gpu !== false) return [];
  return [
    {
      ...frame,
      code: 'GPU_MISSING',
      blocking: false,
      message: 'No worker has a GPU: the training runs on the processor.',
      cure: 'Take the preset "fast" for a first look, or ask the operator for a worker with a GPU.',
    },
  ];
}
