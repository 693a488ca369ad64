import type { CellLine, Transaction } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { changedMeanwhile } from '../../graphql/changed-meanwhile.ts';
import { demand, see } from '../../graphql/demand.ts';
import { notFound } from '../../graphql/node.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { CellLineKindEnum, CellLineNode, GrowthEnum } from './cell-line.type.ts';
import { cellLineShape } from './cell-line-shape.ts';
import { demandParent } from './demand-parent.ts';

const Payload = definePayload<{ readonly id: string }>('updateCellLine').implement({
  description: 'The line as it is now.',
  fields: (t) => ({
    cellLine: t.field({ type: CellLineNode, description: 'The line.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('UpdateCellLineInput', {
  description: 'What is to change; what is left out stays, null empties.',
  fields: (t) => ({
    cellLine: t.globalID({ for: CellLineNode, description: 'Which line.' }),
    expectedRevision: t.int({ description: 'The revision that was seen when the change was made.' }),
    name: t.string({ required: false, description: 'Unique in the lab, up to 100 characters.' }),
    kind: t.field({ type: CellLineKindEnum, required: false, description: 'Where the cells come from.' }),
    accession: t.string({
      required: false,
      description: 'Cellosaurus accession, CVCL_ and four characters.',
    }),
    species: t.string({ required: false, description: 'Species.' }),
    tissue: t.string({ required: false, description: 'Tissue of origin.' }),
    disease: t.string({ required: false, description: 'Disease of the donor.' }),
    growth: t.field({ type: GrowthEnum, required: false, description: 'How the cells grow.' }),
    parent: t.globalID({
      for: CellLineNode,
      required: false,
      description: 'The line of the same lab that it was derived from.',
    }),
    modification: t.string({ required: false, description: 'What was done to the cells.' }),
    donor: t.string({ required: false, description: 'A pseudonym, never a name.' }),
    colour: t.string({ required: false, description: 'Of overlays, #rrggbb.' }),
  }),
});

builder.mutationField('updateCellLine', (t) =>
  t.field({
    type: defineResult('updateCellLine', Payload),
    description: 'Changes what the registry says of a line. Snapshots keep the name that was.',
    extensions: { rule: 'registry.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const { cellLine, expectedRevision, parent, ...rest } = input;
        const line = await see<CellLine>(context, 'CellLine', cellLine);
        const { id, organizationId } = line;
        // The name of another lab's line may be seen, and no more of it.
        if (!actor.organizations.has(organizationId)) throw notFound('CellLine');
        demand(actor, 'registry.edit', { organizationId });
        const given = Object.keys(rest).filter((key) => rest[key as keyof typeof rest] !== undefined);
        const whole = cellLineShape.parse({ ...line, ...rest });
        const change = Object.fromEntries(given.map((key) => [key, whole[key as keyof typeof whole]]));
        if (change.colour === null) {
          throw new RequestError('ValidationError', 'INPUT_INVALID', 'colour: a line always has one', {
            subject: 'colour',
            cure: 'Leave it out, or give # and six hexadecimal digits.',
          });
        }
        await database.$transaction(async (tx) => {
          if (parent != null) await demandParent(tx, organizationId, parent.id, id);
          await write(tx, id, expectedRevision, {
            ...change,
            ...(parent === undefined ? {} : { parentId: parent?.id ?? null }),
          });
          await audit(tx, actor, {
            action: 'updateCellLine',
            organizationId,
            subjectType: 'CellLine',
            subjectId: id,
            details: { ...change, ...(parent === undefined ? {} : { parent: parent?.id ?? null }) },
          });
        });
        return { id };
      }),
  }),
);

async function write(
  tx: Transaction,
  id: string,
  expectedRevision: number,
  change: Partial<CellLine>,
): Promise<void> {
  const { count } = await tx.cellLine.updateMany({
    where: { id, revision: z.int().parse(expectedRevision), deletedAt: null },
    data: { ...change, revision: { increment: 1 } },
  });
  if (count === 0) throw changedMeanwhile('cell line', expectedRevision);
}
