import { type Dataset, insertRows } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import { incomingKey } from '@cellmixer/storage';
import pLimit from 'p-limit';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { bringTogether } from './bring-together.ts';
import { findDuplicates } from './find-duplicates.ts';
import { labelByName } from './label-by-name.ts';

interface Completed {
  readonly uploadId: string;
  readonly imageId: string | null;
  readonly problem: string | null;
  readonly duplicateOf: string | null;
  readonly warning: string | null;
}

const CompletedType = builder.objectRef<Completed>('CompletedUpload').implement({
  description: 'What became of one upload: an image, or a problem that names the cure.',
  fields: (t) => ({
    uploadId: t.exposeID('uploadId', { description: 'Which upload.' }),
    image: t.field({
      type: ImageNode,
      nullable: true,
      description: 'The image; it is READY once it has been read.',
      resolve: (row) => row.imageId,
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why there is none.' }),
    duplicateOf: t.field({
      type: ImageNode,
      nullable: true,
      description: 'An image of the project with the same bytes, where a checksum was given.',
      resolve: (row) => row.duplicateOf,
    }),
    warning: t.exposeString('warning', {
      nullable: true,
      description: 'What is odd about it: the same bytes twice, a name that does not fit the pattern.',
    }),
  }),
});

const Payload = definePayload<{ readonly items: readonly Completed[] }>('completeUploads').implement({
  description: 'An answer for every upload; one bad file does not hold up the rest.',
  fields: (t) => ({
    items: t.field({
      type: [CompletedType],
      description: 'In the order asked for.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

const Input = builder.inputType('CompleteUploadsInput', {
  description: 'Uploads whose bytes have been sent.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where they belong.' }),
    uploadIds: t.idList({ description: 'From 1 to 1,000, as createUploads gave them.' }),
  }),
});

builder.mutationField('completeUploads', (t) =>
  t.field({
    type: defineResult('completeUploads', Payload),
    description: 'Makes images of uploads and begins to read them. Sending it twice makes each image once.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(context.actor, 'data.edit', { projectId: dataset.projectId });
        const ids = z.array(z.uuid()).min(1).max(1000).parse(input.uploadIds);
        return { items: await complete(context, dataset, ids) };
      }),
  }),
);

async function complete(context: Context, dataset: Dataset, ids: readonly string[]): Promise<Completed[]> {
  const { database, queue, actor } = context;
  const organizationId = await organizationOf(context, dataset.projectId);
  const uploads = await database.upload.findMany({
    where: { id: { in: [...ids] }, datasetId: dataset.id, purpose: 'IMAGE' },
    include: { image: { select: { id: true } } },
  });
  const byId = new Map(uploads.map((upload) => [upload.id, upload]));
  const limit = pLimit(8);
  const open = uploads.filter((upload) => upload.image === null);
  const checked = await Promise.all(
    open.map((upload) =>
      limit(async () => [upload, await bringTogether(context, organizationId, upload)] as const),
    ),
  );
  const problems = new Map(checked.flatMap(([{ id }, problem]) => (problem === null ? [] : [[id, problem]])));
  const fresh = checked.filter(([, problem]) => problem === null).map(([upload]) => upload);
  const { made, warnings, duplicates } = await database.$transaction(
    async (tx) => {
      const taken = await tx.upload.updateManyAndReturn({
        where: { id: { in: fresh.map((upload) => upload.id) }, status: 'OPEN' },
        data: { status: 'COMPLETED' },
      });
      const imageIds = await insertRows(
        tx,
        'Image',
        taken.map((upload) => ({
          datasetId: dataset.id,
          uploadId: upload.id,
          sampleId: upload.sampleId,
          name: upload.fileName,
          sizeBytes: upload.sizeBytes,
          originalKey: incomingKey(organizationId, upload.id),
          createdById: upload.createdById,
        })),
      );
      const images = taken.map((upload, i) => ({
        id: imageIds[i] ?? '',
        uploadId: upload.id,
        name: upload.fileName,
      }));
      const owner = { organizationId, projectId: dataset.projectId, createdById: actor.userId };
      await enqueue(
        tx,
        queue,
        owner,
        images.map(({ id }) => ({ kind: 'INGEST' as const, subjectId: id, payload: { imageId: id } })),
      );
      await audit(tx, actor, {
        action: 'completeUploads',
        organizationId,
        projectId: dataset.projectId,
        subjectType: 'Dataset',
        subjectId: dataset.id,
        details: { images: images.length },
      });
      return {
        made: new Map(images.map(({ id, uploadId }) => [uploadId, id])),
        warnings: await labelByName(tx, context, { ...dataset, organizationId }, images),
        duplicates: await findDuplicates(
          tx,
          dataset.projectId,
          images.map(({ id }) => id),
        ),
      };
    },
    { timeout: 60_000 },
  );
  return ids.map((uploadId): Completed => {
    const upload = byId.get(uploadId);
    const imageId = made.get(uploadId) ?? upload?.image?.id ?? null;
    const duplicate = duplicates.get(imageId ?? '') ?? null;
    const same =
      duplicate === null
        ? null
        : `"${upload?.fileName}" holds the same bytes as "${duplicate.name}" in "${duplicate.dataset}".`;
    const words = [same, warnings.get(imageId ?? '')].filter((text) => text != null);
    return {
      uploadId,
      imageId,
      problem:
        upload === undefined ? 'There is no such upload in this dataset.' : (problems.get(uploadId) ?? null),
      duplicateOf: duplicate?.id ?? null,
      warning: words.length === 0 ? null : words.join(' '),
    };
  });
}
