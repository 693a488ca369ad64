import type { Dataset } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { changedMeanwhile } from '../../graphql/changed-meanwhile.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from './dataset.type.ts';
import { datasetFields } from './dataset-shape.ts';

const Payload = definePayload<{ readonly id: string }>('updateDataset').implement({
  description: 'The dataset as it is now.',
  fields: (t) => ({
    dataset: t.field({ type: DatasetNode, description: 'The dataset.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('UpdateDatasetInput', {
  description: 'What is to change; what is left out stays, null empties.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Which dataset.' }),
    expectedRevision: t.int({ description: 'The revision that was seen when the change was made.' }),
    name: t.string({ required: false, description: 'Up to 100 characters.' }),
    pixelSizeUm: t.float({ required: false, description: 'Micrometres a pixel, for files that do not say.' }),
    filenamePattern: t.string({
      required: false,
      description: 'Such as {line}_{well}_{site}; fills samples from the names of new uploads.',
    }),
  }),
});

const shape = z.object({
  expectedRevision: z.int(),
  name: datasetFields.name.optional(),
  pixelSizeUm: datasetFields.pixelSizeUm.optional(),
  filenamePattern: datasetFields.filenamePattern.optional(),
});

builder.mutationField('updateDataset', (t) =>
  t.field({
    type: defineResult('updateDataset', Payload),
    description: 'Changes a dataset’s name, pixel size or filename pattern.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const { dataset: asked, ...rest } = input;
        const { id, projectId } = await see<Dataset>(context, 'Dataset', asked);
        demand(actor, 'data.edit', { projectId });
        const { expectedRevision, ...change } = shape.parse(rest);
        const fields = Object.fromEntries(
          Object.entries(change).filter(([, value]) => value !== undefined),
        ) as Partial<Pick<Dataset, 'name' | 'pixelSizeUm' | 'filenamePattern'>>;
        const organizationId = await organizationOf(context, projectId);
        await database.$transaction(async (tx) => {
          const { count } = await tx.dataset.updateMany({
            where: { id, revision: expectedRevision, deletedAt: null },
            data: { ...fields, revision: { increment: 1 } },
          });
          if (count === 0) throw changedMeanwhile('dataset', expectedRevision);
          await audit(tx, actor, {
            action: 'updateDataset',
            organizationId,
            projectId,
            subjectType: 'Dataset',
            subjectId: id,
            details: fields,
          });
        });
        return { id };
      }),
  }),
);
