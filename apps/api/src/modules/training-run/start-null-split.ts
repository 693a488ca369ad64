import type { Model, ModelVersion, Project, Transaction } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import './null-split.type.ts';
import { type NullSplitLine, nullSplitLines } from './null-split-lines.ts';
import { demandUsable } from './plan-training.ts';
import { startTraining } from './start-training.ts';
import { TrainingRunNode } from './training-run.type.ts';
import { settingsOfRun } from './training-settings.type.ts';

/** There is nothing to learn, and what there is (light, density, day) is learnt early. */
const MOST_STEPS = 600;
/** Of the second half: the first has the line's own. */
const OTHER_COLOUR = '#cc79a7';

const Payload = definePayload<{ readonly id: string }>('startNullSplit').implement({
  description:
    'The training on the two halves. The verdict of the model version counts it once it has ended.',
  fields: (t) => ({
    trainingRun: t.field({
      type: TrainingRunNode,
      description: 'The training; it is cancelled and resumed as any.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('StartNullSplitInput', {
  description: 'Which model version is checked, on which line.',
  fields: (t) => ({
    modelVersion: t.globalID({ for: ModelVersionNode, description: 'The version.' }),
    cellLine: t.globalID({
      for: CellLineNode,
      required: false,
      description:
        'A line that it was trained on, with two replicates or more; by default the one with the most pictures.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('startNullSplit', (t) =>
  t.field({
    type: defineResult('startNullSplit', Payload),
    description:
      'Runs the null split of a model version: trains, with its settings and up to 600 steps, on two halves of one line’s replicates as if they were two types, and looks how well they are told apart. A sound method must fail at it.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const version = await see<ModelVersion>(context, 'ModelVersion', input.modelVersion);
        const model = await see<Model>(context, 'Model', version.modelId);
        demand(actor, 'work.run', { projectId: model.projectId });
        const project = await see<Project>(context, 'Project', model.projectId);
        const name = `${model.name} v${version.number}`;
        const lines = (await nullSplitLines(database, [version.id])).get(version.id) ?? [];
        const line = chooseLine(name, lines, input.cellLine?.id);
        const run = await database.trainingRun.findUniqueOrThrow({
          where: { id: version.trainingRunId ?? '' },
          include: { sources: { where: { cellLineId: line.cellLineId } } },
        });
        const sources = run.sources.map(({ versionId, cellLineId }) => ({ versionId, cellLineId }));
        for (const { versionId } of sources) await demandUsable(context, versionId);
        const { steps, ...settings } = settingsOfRun(run);
        const request = {
          mutation: 'startNullSplit',
          idempotencyKey: input.idempotencyKey,
          input: { modelVersion: version.id, cellLine: line.cellLineId },
        };
        return once(context, request, async (tx) => {
          await demandNoneUnderWay(tx, version.id, name);
          const plan = {
            name: `${name} (null split of ${line.name})`,
            classes: [1, 2].map((half) => ({
              name: `${line.name}, half ${half}`,
              colour: half === 1 ? line.colour : OTHER_COLOUR,
              sources,
            })),
            settings: { ...settings, steps: Math.min(MOST_STEPS, steps) },
            method: run.method,
            withBaseline: false,
            nullSplitOfId: version.id,
          };
          const { id } = await startTraining(tx, context, project, plan, 'startNullSplit');
          return { id };
        });
      }),
  }),
);

/** @throws ValidationError where the model version was not trained on the line, or it has too few replicates */
function chooseLine(
  model: string,
  lines: readonly NullSplitLine[],
  wanted: string | undefined,
): NullSplitLine {
  const line = lines.find(({ cellLineId, possible }) =>
    wanted === undefined ? possible : cellLineId === wanted,
  );
  if (line?.possible) return line;
  const cure =
    'Name the replicate of each sample, take a new snapshot with two replicates of two pictures or more, and train on that.';
  if (line !== undefined) {
    throw new RequestError(
      'ValidationError',
      'REPLICATE_MISSING',
      `${line.name} has ${line.pictures} usable pictures of ${line.replicates} named replicates among what ${model} was trained on; two replicates with two pictures each are needed.`,
      { subject: line.name, cure },
    );
  }
  if (wanted !== undefined) {
    throw new RequestError(
      'ValidationError',
      'CELL_LINE_NOT_IN_MODEL',
      `${model} was not trained on this cell line, or its pictures are gone.`,
      { subject: 'cellLine', cure: 'Choose one of the version’s `nullSplitLines`, or leave it out.' },
    );
  }
  throw new RequestError(
    'ValidationError',
    'REPLICATE_MISSING',
    `No line that ${model} was trained on has two replicates with two pictures each.`,
    { subject: model, cure },
  );
}

/** @throws ConflictError while another null split of the version waits or runs */
async function demandNoneUnderWay(tx: Transaction, versionId: string, name: string): Promise<void> {
  // Two at once would both see none.
  await tx.$executeRaw`SELECT 1 FROM "ModelVersion" WHERE id = ${versionId}::uuid FOR UPDATE`;
  const other = await tx.trainingRun.findFirst({
    where: {
      nullSplitOfId: versionId,
      deletedAt: null,
      status: { in: ['QUEUED', 'RUNNING', 'CANCELLING'] },
    },
    select: { name: true },
  });
  if (other === null) return;
  throw new RequestError(
    'ConflictError',
    'NULL_SPLIT_UNDER_WAY',
    `A null split of ${name} waits or runs already.`,
    { subject: other.name, cure: 'Wait until it has ended, or cancel it.' },
  );
}
