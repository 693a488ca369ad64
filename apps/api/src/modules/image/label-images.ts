import type { Dataset, Transaction } from '@cellmixer/database';
import { queueForegrounds } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ImageNode } from './image.type.ts';

const Payload = definePayload<{ readonly imageIds: readonly string[] }>('labelImages').implement({
  description: 'The images with their samples.',
  fields: (t) => ({
    images: t.field({
      type: [ImageNode],
      description: 'In the order asked for.',
      resolve: ({ imageIds }) => [...imageIds],
    }),
  }),
});

const LabelInput = builder.inputType('ImageLabelInput', {
  description: 'What some images show.',
  fields: (t) => ({
    images: t.globalIDList({ for: ImageNode, description: 'Images of the dataset.' }),
    sample: t.string({
      description: 'The culture’s name; a new one is made where the project has none of it.',
    }),
    cellLines: t.globalIDList({
      for: CellLineNode,
      description: 'What was seeded; one line: a pure culture.',
    }),
    well: t.string({ required: false, description: 'Well, such as C7.' }),
    replicate: t.string({ required: false, description: 'Biological replicate.' }),
    passage: t.int({ required: false, description: 'Passage number.' }),
  }),
});

const Input = builder.inputType('LabelImagesInput', {
  description: 'Labels for images of a dataset.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where the images are.' }),
    labels: t.field({ type: [LabelInput], description: 'From 1 to 500 labels.' }),
  }),
});

const shape = z
  .array(
    z.object({
      images: z
        .array(z.object({ id: z.uuid() }))
        .min(1)
        .max(1000),
      sample: z.string().trim().min(1).max(100),
      cellLines: z
        .array(z.object({ id: z.uuid() }))
        .min(1)
        .max(20),
      well: z
        .string()
        .trim()
        .max(20)
        .nullish()
        .transform((text) => text || null),
      replicate: z
        .string()
        .trim()
        .max(50)
        .nullish()
        .transform((text) => text || null),
      passage: z
        .int()
        .min(0)
        .max(10_000)
        .nullish()
        .transform((number) => number ?? null),
    }),
  )
  .min(1)
  .max(500);

builder.mutationField('labelImages', (t) =>
  t.field({
    type: defineResult('labelImages', Payload),
    description: 'Says which culture images show. The last label counts.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'data.edit', { projectId: dataset.projectId });
        const labels = shape.parse(input.labels);
        const organizationId = await organizationOf(context, dataset.projectId);
        await database.$transaction(async (tx) => {
          for (const label of labels) {
            const sampleId = await obtainSample(tx, dataset.projectId, organizationId, label, actor.userId);
            const ids = label.images.map((image) => image.id);
            const { count } = await tx.image.updateMany({
              where: { id: { in: ids }, datasetId: dataset.id, deletedAt: null },
              data: { sampleId },
            });
            if (count !== new Set(ids).size) {
              throw new RequestError(
                'NotFoundError',
                'IMAGE_NOT_FOUND',
                `${new Set(ids).size - count} of the images of sample "${label.sample}" are not in this dataset.`,
                { subject: label.sample, cure: 'Label images of one dataset at a time.' },
              );
            }
          }
          const imageIds = labels.flatMap((label) => label.images.map((image) => image.id));
          const owner = { organizationId, projectId: dataset.projectId, createdById: actor.userId };
          await queueForegrounds(tx, queue, owner, imageIds);
          await audit(tx, actor, {
            action: 'labelImages',
            organizationId,
            projectId: dataset.projectId,
            subjectType: 'Dataset',
            subjectId: dataset.id,
            details: { samples: labels.map((label) => label.sample).slice(0, 50) },
          });
        });
        return { imageIds: labels.flatMap((label) => label.images.map((image) => image.id)) };
      }),
  }),
);

async function obtainSample(
  tx: Transaction,
  projectId: string,
  organizationId: string,
  label: z.output<typeof shape>[number],
  userId: string | null,
): Promise<string> {
  const lines = [...new Set(label.cellLines.map((line) => line.id))];
  const known = await tx.cellLine.count({ where: { id: { in: lines }, organizationId, deletedAt: null } });
  if (known !== lines.length) {
    throw new RequestError(
      'NotFoundError',
      'CELL_LINE_NOT_FOUND',
      'A cell line is not in this lab’s registry.',
      {
        subject: label.sample,
        cure: 'Register the line first.',
      },
    );
  }
  const { well, replicate, passage } = label;
  const fields = { well, replicate, passage };
  const sample = await tx.sample.upsert({
    where: { projectId_name: { projectId, name: label.sample } },
    create: { projectId, name: label.sample, ...fields, createdById: z.uuid().parse(userId) },
    update: { ...fields, deletedAt: null },
  });
  await tx.sampleLine.deleteMany({ where: { sampleId: sample.id, cellLineId: { notIn: lines } } });
  await tx.sampleLine.createMany({
    data: lines.map((cellLineId) => ({ sampleId: sample.id, cellLineId })),
    skipDuplicates: true,
  });
  return sample.id;
}
