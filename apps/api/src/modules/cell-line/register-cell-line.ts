import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { CellLineKindEnum, CellLineNode, GrowthEnum } from './cell-line.type.ts';
import { cellLineShape, colourFor } from './cell-line-shape.ts';
import { demandParent } from './demand-parent.ts';

const Payload = definePayload<{ readonly id: string }>('registerCellLine').implement({
  description: 'The line that was registered.',
  fields: (t) => ({
    cellLine: t.field({ type: CellLineNode, description: 'The new line.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('RegisterCellLineInput', {
  description: 'A new line of a lab.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    name: t.string({ description: 'Unique in the lab, up to 100 characters.' }),
    kind: t.field({
      type: CellLineKindEnum,
      required: false,
      description: 'CELL_LINE where it is left out.',
    }),
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
    colour: t.string({
      required: false,
      description: 'Of overlays, #rrggbb; one is chosen where it is left out.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('registerCellLine', (t) =>
  t.field({
    type: defineResult('registerCellLine', Payload),
    description: 'Registers a cell line.',
    extensions: { rule: 'registry.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { organization, idempotencyKey, ...rest } = input;
        await see(context, 'Organization', organization);
        const organizationId = organization.id;
        demand(context.actor, 'registry.edit', { organizationId });
        const { parent, ...fields } = rest;
        const line = cellLineShape.parse(fields);
        return once(context, { mutation: 'registerCellLine', idempotencyKey, input: rest }, async (tx) => {
          if (parent != null) await demandParent(tx, organizationId, parent.id, null);
          const number = await tx.cellLine.count({ where: { organizationId } });
          const { id } = await tx.cellLine.create({
            data: {
              ...line,
              parentId: parent?.id ?? null,
              organizationId,
              colour: line.colour ?? colourFor(number),
              createdById: z.uuid().parse(context.actor.userId),
            },
            select: { id: true },
          });
          await audit(tx, context.actor, {
            action: 'registerCellLine',
            organizationId,
            subjectType: 'CellLine',
            subjectId: id,
            details: { name: line.name },
          });
          return { id };
        });
      }),
  }),
);
