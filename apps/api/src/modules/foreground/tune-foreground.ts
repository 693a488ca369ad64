import { type Dataset, Prisma, type Transaction } from '@cellmixer/database';
import { queueForegrounds } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { ForegroundParametersInput, parseForegroundParameters } from './foreground-parameters.ts';
import { pureImages } from './pure-images.ts';

const Payload = definePayload<{ readonly datasetId: string; readonly queued: number }>(
  'tuneForeground',
).implement({
  description: 'The dataset; its new masks come as they are made.',
  fields: (t) => ({
    dataset: t.field({
      type: DatasetNode,
      description: 'The dataset.',
      resolve: ({ datasetId }) => datasetId,
    }),
    queued: t.exposeInt('queued', { description: 'Pictures whose cells are found anew.' }),
  }),
});

const Input = builder.inputType('TuneForegroundInput', {
  description: 'How the cells of pure pictures are to be found.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where the pictures are.' }),
    images: t.globalIDList({
      for: ImageNode,
      required: false,
      description:
        'From 1 to 1,000 pictures that get parameters of their own. Left out: the dataset’s parameters change, and with them every picture that has none of its own.',
    }),
    parameters: t.field({
      type: ForegroundParametersInput,
      required: false,
      description:
        'They replace what was set before. Left out: pictures follow the dataset again; the dataset follows what its pictures suggest.',
    }),
  }),
});

const imagesShape = z
  .array(z.object({ id: z.uuid() }))
  .min(1)
  .max(1000)
  .nullish()
  .transform((list) => (list == null ? null : [...new Set(list.map((image) => image.id))]));

builder.mutationField('tuneForeground', (t) =>
  t.field({
    type: defineResult('tuneForeground', Payload),
    description:
      'Sets the foreground’s parameters for a dataset or for some of its pictures, and has their cells found anew. Sending it twice changes nothing.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'data.edit', { projectId: dataset.projectId });
        const images = imagesShape.parse(input.images);
        const parameters = input.parameters == null ? null : parseForegroundParameters(input.parameters);
        const organizationId = await organizationOf(context, dataset.projectId);
        const owner = { organizationId, projectId: dataset.projectId, createdById: actor.userId };
        const queued = await database.$transaction(
          async (tx) => {
            const changed =
              images === null
                ? await tuneDataset(tx, dataset.id, parameters ?? {})
                : await tuneImages(tx, dataset, images, parameters);
            const count = await queueForegrounds(tx, queue, owner, changed, { retuned: true });
            await audit(tx, actor, {
              action: 'tuneForeground',
              organizationId,
              projectId: dataset.projectId,
              subjectType: 'Dataset',
              subjectId: dataset.id,
              details: {
                images: images?.length ?? null,
                parameters: parameters === null ? null : { ...parameters },
              },
            });
            return count;
          },
          { timeout: 60_000 },
        );
        return { datasetId: dataset.id, queued };
      }),
  }),
);

/** @returns the pictures that follow the dataset, where its parameters were others before */
async function tuneDataset(tx: Transaction, datasetId: string, parameters: object): Promise<string[]> {
  const updated = await tx.$executeRaw`
    UPDATE "Dataset" SET "foregroundParameters" = ${JSON.stringify(parameters)}::jsonb
    WHERE id = ${datasetId}::uuid AND "foregroundParameters" <> ${JSON.stringify(parameters)}::jsonb`;
  if (updated === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT p.id::text AS id FROM (${pureImages(datasetId)}) p`,
  );
  return rows.map((row) => row.id);
}

/** @returns those of the pictures whose own parameters were others before */
async function tuneImages(
  tx: Transaction,
  dataset: Dataset,
  images: readonly string[],
  parameters: object | null,
): Promise<string[]> {
  const where = { id: { in: [...images] }, datasetId: dataset.id, deletedAt: null };
  const count = await tx.image.count({ where });
  if (count !== images.length) throw notHere(images.length - count, dataset.name);
  const own = parameters === null ? null : JSON.stringify(parameters);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Image" SET "foregroundParameters" = ${own}::jsonb
    WHERE id = ANY(${[...images]}::uuid[]) AND "foregroundParameters" IS DISTINCT FROM ${own}::jsonb
    RETURNING id::text AS id`;
  return rows.map((row) => row.id);
}

function notHere(count: number, dataset: string): RequestError {
  return new RequestError(
    'NotFoundError',
    'IMAGE_NOT_FOUND',
    `${count} of the images are not in "${dataset}".`,
    {
      subject: 'images',
      cure: 'Tune images of one dataset at a time.',
    },
  );
}
