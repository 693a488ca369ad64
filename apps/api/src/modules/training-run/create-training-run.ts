import type { Project } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import { z } from 'zod';
import { can } from '../../access/can.ts';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { TrainingRunNode } from './training-run.type.ts';

interface Made {
  readonly id: string;
  readonly baselineId: string | null;
}

const Payload = definePayload<Made>('createTrainingRun').implement({
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

const ClassInput = builder.inputType('TrainingClassInput', {
  description: 'Something to tell apart, and the lines that are it.',
  fields: (t) => ({
    name: t.string({ description: 'Unique in the run, up to 60 characters.' }),
    cellLines: t.globalIDList({ for: CellLineNode, description: 'Lines that are this class.' }),
  }),
});

const Input = builder.inputType('CreateTrainingRunInput', {
  description: 'What to train on what.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where the model will be.' }),
    name: t.string({ description: 'Also the model’s name, up to 100 characters.' }),
    versions: t.globalIDList({ for: DatasetVersionNode, description: 'Snapshots with the pure cultures.' }),
    classes: t.field({ type: [ClassInput], description: 'From 2 to 20 classes.' }),
    preset: t.string({ required: false, description: 'fast, balanced or accurate; balanced by default.' }),
    steps: t.int({ required: false, description: 'Steps, instead of the preset’s.' }),
    seed: t.int({ required: false, description: 'Same seed, same model; 1 by default.' }),
    cellDiameterPx: t.float({
      required: false,
      description: 'Typical cell diameter in native pixels; measured if left out.',
    }),
    withBaseline: t.boolean({
      required: false,
      description: 'Also train on pure pictures alone; true by default.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({
  name: z.string().trim().min(1).max(100),
  versions: z
    .array(z.object({ id: z.uuid() }))
    .min(1)
    .max(20),
  classes: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(60),
        cellLines: z.array(z.object({ id: z.uuid() })).min(1),
      }),
    )
    .min(2, 'telling apart needs two classes or more')
    .max(20)
    .refine(
      (list) => new Set(list.map((c) => c.name)).size === list.length,
      'two classes have the same name',
    ),
  preset: z
    .enum(['fast', 'balanced', 'accurate'])
    .nullish()
    .transform((preset) => preset ?? 'balanced'),
  steps: z.int().min(1).max(1_000_000).nullish(),
  seed: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .nullish()
    .transform((seed) => seed ?? 1),
  cellDiameterPx: z.number().min(2).max(2000).nullish(),
  withBaseline: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});
type Parsed = z.output<typeof shape>;

const presetSteps = { fast: 600, balanced: 2000, accurate: 20_000 } as const;

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
        const wanted = shape.parse(rest);
        for (const version of wanted.versions) await demandUsable(context, version.id);
        const request = {
          mutation: 'createTrainingRun',
          idempotencyKey,
          input: { project: project.id, ...rest },
        };
        return once(context, request, (tx) => make(tx, context, project, wanted));
      }),
  }),
);

/** @throws NotFoundError, ForbiddenError unless the actor may train on the snapshot */
export async function demandUsable(context: Context, versionId: string): Promise<void> {
  const { datasetId } = await see<{ id: string; datasetId: string }>(context, 'DatasetVersion', versionId);
  const dataset = await context.database.dataset.findUniqueOrThrow({ where: { id: datasetId } });
  if (can(context.actor, 'dataset.use', { projectId: dataset.projectId, datasetId })) return;
  throw new RequestError(
    'ForbiddenError',
    'DATASET_NOT_USABLE',
    `You may look at "${dataset.name}", not work with it.`,
    {
      subject: dataset.name,
    },
  );
}

type Tx = Parameters<Parameters<typeof once>[2]>[0];

async function make(tx: Tx, { actor, queue }: Context, project: Project, wanted: Parsed): Promise<Made> {
  const versionIds = wanted.versions.map((version) => version.id);
  const pairs = await tx.datasetVersionItem.groupBy({
    by: ['versionId', 'cellLineId'],
    where: { versionId: { in: versionIds }, cellLineId: { not: null } },
    _count: true,
  });
  const sources = wanted.classes.map((wantedClass) => {
    const lines = wantedClass.cellLines.map((line) => line.id);
    const found = pairs.filter((pair) => pair.cellLineId !== null && lines.includes(pair.cellLineId));
    if (found.length === 0) {
      throw new RequestError(
        'ValidationError',
        'CLASS_EMPTY',
        `"${wantedClass.name}" has no picture of a pure culture in these snapshots.`,
        { subject: wantedClass.name, cure: 'Label pictures with that one line, and take a new snapshot.' },
      );
    }
    return found.map(({ versionId, cellLineId }) => ({ versionId, cellLineId: cellLineId ?? '' }));
  });
  const lines = await tx.cellLine.findMany({
    where: { id: { in: sources.flat().map((s) => s.cellLineId) } },
  });
  const colourOf = new Map(lines.map((line) => [line.id, line.colour]));
  const createdById = z.uuid().parse(actor.userId);
  const create = async (method: 'CELLMIXER' | 'BASELINE', baselineOfId: string | null) => {
    const { id } = await tx.trainingRun.create({
      data: {
        projectId: project.id,
        name: method === 'BASELINE' ? `${wanted.name} (baseline)` : wanted.name,
        method,
        baselineOfId,
        preset: wanted.preset,
        steps: wanted.steps ?? presetSteps[wanted.preset],
        seed: wanted.seed,
        settings: wanted.cellDiameterPx == null ? {} : { cellDiameterPx: wanted.cellDiameterPx },
        createdById,
      },
      select: { id: true },
    });
    for (const [position, wantedClass] of wanted.classes.entries()) {
      const own = sources[position] ?? [];
      const { id: classId } = await tx.trainingClass.create({
        data: {
          runId: id,
          position,
          name: wantedClass.name,
          colour: colourOf.get(own[0]?.cellLineId ?? '') ?? '#888888',
        },
      });
      await tx.trainingSource.createMany({ data: own.map((source) => ({ ...source, runId: id, classId })) });
    }
    await audit(tx, actor, {
      action: 'createTrainingRun',
      organizationId: project.organizationId,
      projectId: project.id,
      subjectType: 'TrainingRun',
      subjectId: id,
      details: { name: wanted.name, method },
    });
    return id;
  };
  const id = await create('CELLMIXER', null);
  const baselineId = wanted.withBaseline ? await create('BASELINE', id) : null;
  const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
  const runs = baselineId === null ? [id] : [id, baselineId];
  await enqueue(
    tx,
    queue,
    owner,
    runs.map((runId) => ({ kind: 'TRAIN' as const, subjectId: runId, payload: { trainingRunId: runId } })),
  );
  return { id, baselineId };
}
