import type { Transaction } from '@cellmixer/database';
import { z } from 'zod';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { see } from '../../graphql/demand.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';

export const ClassInput = builder.inputType('TrainingClassInput', {
  description: 'Something to tell apart, and the lines that are it.',
  fields: (t) => ({
    name: t.string({ description: 'Unique in the run, up to 60 characters.' }),
    cellLines: t.globalIDList({ for: CellLineNode, description: 'Lines that are this class.' }),
  }),
});

/** What is trained on: the same for a training and for a look at what it would take. */
export const picturesFields = (t: InputFields) => ({
  versions: t.globalIDList({ for: DatasetVersionNode, description: 'Snapshots with the pure cultures.' }),
  classes: t.field({ type: [ClassInput], description: 'From 2 to 20 classes.' }),
});
type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0];

export const picturesShape = z.object({
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
    .refine((list) => new Set(list.map((c) => c.name)).size === list.length, 'two classes have the same name')
    .refine((list) => {
      const lines = list.flatMap((c) => c.cellLines.map((line) => line.id));
      return new Set(lines).size === lines.length;
    }, 'a cell line stands in two classes'),
});

/** A class with the (snapshot, line) pairs that are it. */
export interface PlannedClass {
  readonly name: string;
  readonly colour: string;
  readonly sources: readonly { readonly versionId: string; readonly cellLineId: string }[];
}

/**
 * Finds the pure cultures of every class.
 *
 * @throws ValidationError CLASS_EMPTY naming a class without a picture
 */
export async function planClasses(
  tx: Pick<Transaction, 'datasetVersionItem' | 'cellLine'>,
  { versions, classes }: z.output<typeof picturesShape>,
): Promise<PlannedClass[]> {
  const pairs = await tx.datasetVersionItem.groupBy({
    by: ['versionId', 'cellLineId'],
    where: { versionId: { in: versions.map((version) => version.id) }, cellLineId: { not: null } },
    orderBy: [{ versionId: 'asc' }, { cellLineId: 'asc' }],
  });
  const lines = await tx.cellLine.findMany({
    where: { id: { in: pairs.flatMap((pair) => pair.cellLineId ?? []) } },
    select: { id: true, colour: true },
  });
  const colourOf = new Map(lines.map((line) => [line.id, line.colour]));
  return classes.map(({ name, cellLines }) => {
    const wanted = new Set(cellLines.map((line) => line.id));
    const sources = pairs.flatMap(({ versionId, cellLineId }) =>
      cellLineId !== null && wanted.has(cellLineId) ? [{ versionId, cellLineId }] : [],
    );
    const first = sources[0];
    if (first === undefined) {
      throw new RequestError(
        'ValidationError',
        'CLASS_EMPTY',
        `"${name}" has no picture of a pure culture in these snapshots.`,
        { subject: name, cure: 'Label pictures with that one line, and take a new snapshot.' },
      );
    }
    return { name, colour: colourOf.get(first.cellLineId) ?? '#888888', sources };
  });
}

/** @throws NotFoundError, ForbiddenError unless the actor may train on the snapshot */
export async function demandUsable(context: Context, versionId: string): Promise<void> {
  const { datasetId } = await see<{ id: string; datasetId: string }>(context, 'DatasetVersion', versionId);
  const dataset = await context.database.dataset.findUniqueOrThrow({ where: { id: datasetId } });
  if (can(context.actor, 'dataset.use', { projectId: dataset.projectId, datasetId })) return;
  throw new RequestError(
    'ForbiddenError',
    'DATASET_NOT_USABLE',
    `You may look at "${dataset.name}", not work with it.`,
    { subject: dataset.name },
  );
}
