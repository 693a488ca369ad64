import type { Project } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ProjectNode } from '../project/project.type.ts';
import { DatasetNode, ModalityEnum } from './dataset.type.ts';
import { datasetFields } from './dataset-shape.ts';

const Payload = definePayload<{ readonly id: string }>('createDataset').implement({
  description: 'The dataset that was made.',
  fields: (t) => ({
    dataset: t.field({ type: DatasetNode, description: 'The new dataset.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('CreateDatasetInput', {
  description: 'A new dataset.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where it belongs.' }),
    name: t.string({ description: 'Up to 100 characters.' }),
    modality: t.field({ type: ModalityEnum, description: 'How light made the pictures.' }),
    pixelSizeUm: t.float({ required: false, description: 'Micrometres a pixel, for files that do not say.' }),
    filenamePattern: t.string({
      required: false,
      description: 'Such as {line}_{well}_{site}; fills samples from the names of new uploads.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({
  name: datasetFields.name,
  modality: z.enum(['PHASE_CONTRAST', 'BRIGHTFIELD', 'DIC', 'FLUORESCENCE', 'STAINED']),
  pixelSizeUm: datasetFields.pixelSizeUm.default(null),
  filenamePattern: datasetFields.filenamePattern.default(null),
});

builder.mutationField('createDataset', (t) =>
  t.field({
    type: defineResult('createDataset', Payload),
    description: 'Makes a dataset.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { project, idempotencyKey, ...rest } = input;
        const { id: projectId, organizationId } = await see<Project>(context, 'Project', project);
        const { actor } = context;
        demand(actor, 'data.edit', { projectId });
        const dataset = shape.parse(rest);
        return once(context, { mutation: 'createDataset', idempotencyKey, input: rest }, async (tx) => {
          const { id } = await tx.dataset.create({
            data: { ...dataset, projectId, createdById: z.uuid().parse(actor.userId) },
            select: { id: true },
          });
          await audit(tx, actor, {
            action: 'createDataset',
            organizationId,
            projectId,
            subjectType: 'Dataset',
            subjectId: id,
            details: { name: dataset.name },
          });
          return { id };
        });
      }),
  }),
);
