import {
  type CorrectionLayer,
  countCorrected,
  DELETED,
  parseLayer,
  UNKNOWN,
} from '@cellmixer/cellmixer/results';
import type { Segmentation, Transaction } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandCells, readCells } from './cell-records.ts';
import { SegmentationNode } from './segmentation.type.ts';

const Payload = definePayload<{ readonly id: string }>('correctCells').implement({
  description: 'The segmentation with its new revision of corrections.',
  fields: (t) => ({
    segmentation: t.field({
      type: SegmentationNode,
      description: 'The segmentation.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Verdict = builder.enumType('CellVerdict', {
  description:
    'What somebody says of cells. CLASS: of another class. UNKNOWN: cells of no class. DELETED: no cells. PREDICTED: as the model found them.',
  values: ['CLASS', 'UNKNOWN', 'DELETED', 'PREDICTED'] as const,
});

const Change = builder.inputType('CellChangeInput', {
  description: 'What is said of some cells.',
  fields: (t) => ({
    labels: t.intList({ description: 'Labels of the cells, up to 10,000.' }),
    verdict: t.field({ type: Verdict, description: 'What they are.' }),
    position: t.int({
      required: false,
      description: 'Of CLASS: which, 1… in the model’s order.',
    }),
  }),
});

const Input = builder.inputType('CorrectCellsInput', {
  description: 'Changes to a prediction, or the way back to an earlier revision.',
  fields: (t) => ({
    segmentation: t.globalID({ for: SegmentationNode, description: 'Where.' }),
    expectedRevision: t.int({ description: 'The `correctionRevision` that was looked at.' }),
    changes: t.field({ type: [Change], required: false, description: 'From 1 to 100, in this order.' }),
    revertTo: t.int({
      required: false,
      description: 'Instead of changes: the revision that counts again, 0 for the prediction.',
    }),
  }),
});

const shape = z
  .object({
    expectedRevision: z.int().min(0),
    revertTo: z.int().min(0).nullish(),
    changes: z
      .array(
        z
          .object({
            labels: z.array(z.int().min(1)).min(1).max(10_000),
            verdict: z.enum(['CLASS', 'UNKNOWN', 'DELETED', 'PREDICTED']),
            position: z.int().min(1).nullish(),
          })
          .refine(
            ({ verdict, position }) => (verdict === 'CLASS') === (position != null),
            'a position belongs to CLASS, and to CLASS alone',
          ),
      )
      .min(1)
      .max(100)
      .nullish(),
  })
  .refine(
    ({ changes, revertTo }) => (changes == null) !== (revertTo == null),
    'give either changes or revertTo',
  );

type Wanted = z.output<typeof shape>;

builder.mutationField('correctCells', (t) =>
  t.field({
    type: defineResult('correctCells', Payload),
    description:
      'Lays corrections over a prediction, which stays: cells of another class, unknown or deleted; or goes back to an earlier revision.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const row = await see<Segmentation>(context, 'Segmentation', input.segmentation);
        demand(actor, 'work.run', { projectId: row.projectId });
        demandCells(row);
        const wanted = shape.parse(input);
        const createdById = z.uuid().parse(actor.userId);
        const organizationId = await organizationOf(context, row.projectId);
        const { classes } = await database.modelVersion.findUniqueOrThrow({
          where: { id: row.modelVersionId },
          select: { classes: true },
        });
        const cells = await readCells(context, row, classes.length, null);
        await database.$transaction(async (tx) => {
          await tx.$executeRaw`SELECT 1 FROM "Segmentation" WHERE id = ${row.id}::uuid FOR UPDATE`;
          await demandRevision(tx, row.id, wanted.expectedRevision);
          const layer = await nextLayer(tx, row.id, wanted, cells.length, classes);
          const last = await tx.correction.aggregate({
            where: { segmentationId: row.id },
            _max: { revision: true },
          });
          const revision = (last._max.revision ?? 0) + 1;
          const place = { segmentationId: row.id, revision };
          await tx.correction.create({
            data: {
              ...place,
              cells: Object.fromEntries(layer),
              revertedTo: wanted.revertTo ?? null,
              createdById,
            },
          });
          const counts = countCorrected(cells, layer, classes.length);
          await tx.classCount.createMany({ data: counts.map((count) => ({ ...place, ...count })) });
          await tx.segmentation.update({ where: { id: row.id }, data: { correctionRevision: revision } });
          await audit(tx, actor, {
            action: 'correctCells',
            organizationId,
            projectId: row.projectId,
            subjectType: 'Segmentation',
            subjectId: row.id,
            details: { revision, cells: layer.size, revertedTo: wanted.revertTo ?? null },
          });
          await tell(tx, 'Segmentation', row.id);
        });
        return { id: row.id };
      }),
  }),
);

/** @throws ConflictError that names who was faster, and when */
async function demandRevision(tx: Transaction, id: string, expected: number): Promise<void> {
  const { correctionRevision } = await tx.segmentation.findUniqueOrThrow({ where: { id } });
  if (correctionRevision === expected) return;
  const newest = await tx.correction.findUnique({
    where: { segmentationId_revision: { segmentationId: id, revision: correctionRevision } },
  });
  const author = await tx.user.findUnique({ where: { id: newest?.createdById ?? id } });
  throw new RequestError(
    'ConflictError',
    'CORRECTION_OUTDATED',
    `${author?.name ?? 'Somebody'} has corrected this image in the meantime (revision ${correctionRevision}).`,
    { subject: 'expectedRevision', cure: 'Look at the new revision, then correct what is still wrong.' },
  );
}

async function nextLayer(
  tx: Transaction,
  segmentationId: string,
  { expectedRevision, revertTo, changes }: Wanted,
  cells: number,
  classes: readonly string[],
): Promise<CorrectionLayer> {
  const base = revertTo ?? expectedRevision;
  const known = await tx.correction.findUnique({
    where: { segmentationId_revision: { segmentationId, revision: base } },
  });
  if (known === null && base > 0) {
    throw new RequestError('NotFoundError', 'CORRECTION_NOT_FOUND', `There is no revision ${base}.`, {
      subject: 'revertTo',
      cure: 'Take a revision of the list of corrections, or 0 for the prediction.',
    });
  }
  const layer = new Map(parseLayer(known?.cells ?? {}));
  for (const { labels, verdict, position } of changes ?? []) {
    for (const label of labels) {
      if (label > cells)
        throw noSuch('CELL_NOT_FOUND', `There is no cell ${label}; labels go up to ${cells}.`);
      if (verdict === 'PREDICTED') layer.delete(label);
      else layer.set(label, verdict === 'DELETED' ? DELETED : (position ?? UNKNOWN));
    }
    if (position != null && position > classes.length)
      throw noSuch('CLASS_NOT_FOUND', `There is no class ${position}; the model has ${classes.join(', ')}.`);
  }
  return layer;
}

function noSuch(code: string, message: string): RequestError {
  return new RequestError('NotFoundError', code, message, {
    subject: 'changes',
    cure: 'Look at the cells again.',
  });
}
