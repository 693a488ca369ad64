import type { Dataset } from '@cellmixer/database';
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

interface Aborted {
  readonly uploadId: string;
  readonly problem: string | null;
}

const AbortedType = builder.objectRef<Aborted>('AbortedUpload').implement({
  description: 'What became of one upload that was to be given up.',
  fields: (t) => ({
    uploadId: t.exposeID('uploadId', { description: 'Which upload.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it was not given up.' }),
  }),
});

const Payload = definePayload<{ readonly items: readonly Aborted[] }>('abortUploads').implement({
  description: 'An answer for every upload.',
  fields: (t) => ({
    items: t.field({
      type: [AbortedType],
      description: 'In the order asked for.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

const Input = builder.inputType('AbortUploadsInput', {
  description: 'Uploads that will not be finished.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where they belong.' }),
    uploadIds: t.idList({ description: 'From 1 to 1,000, as createUploads gave them.' }),
  }),
});

builder.mutationField('abortUploads', (t) =>
  t.field({
    type: defineResult('abortUploads', Payload),
    description: 'Gives uploads up and their room back. Sending it twice does no harm.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(context.actor, 'data.edit', { projectId: dataset.projectId });
        const ids = z.array(z.uuid()).min(1).max(1000).parse(input.uploadIds);
        return { items: await abort(context, dataset, ids) };
      }),
  }),
);

async function abort(context: Context, dataset: Dataset, ids: readonly string[]): Promise<Aborted[]> {
  const { database, storage, actor } = context;
  const organizationId = await organizationOf(context, dataset.projectId);
  const where = { id: { in: [...ids] }, datasetId: dataset.id };
  await database.$transaction(async (tx) => {
    const given = await tx.upload.updateManyAndReturn({
      where: { ...where, status: 'OPEN' },
      data: { status: 'ABORTED' },
    });
    const bytes = given.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0n);
    await tx.$executeRaw`UPDATE "Organization" SET "usedBytes" = "usedBytes" - ${bytes} WHERE id = ${organizationId}::uuid`;
    await audit(tx, actor, {
      action: 'abortUploads',
      organizationId,
      projectId: dataset.projectId,
      subjectType: 'Dataset',
      subjectId: dataset.id,
      details: { files: given.length },
    });
  });
  const rows = await database.upload.findMany({ where });
  // Also those of an earlier call that broke off here.
  const limit = pLimit(8);
  const gone = rows.filter(({ status }) => status === 'ABORTED');
  await Promise.all(
    gone.map(({ id, multipartId }) =>
      limit(async () => {
        const key = incomingKey(organizationId, id);
        if (multipartId !== null) await storage.abortMultipart({ key, uploadId: multipartId });
        await storage.delete(key);
      }),
    ),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((uploadId) => {
    const status = byId.get(uploadId)?.status;
    if (status === 'ABORTED') return { uploadId, problem: null };
    if (status === undefined) return { uploadId, problem: 'There is no such upload in this dataset.' };
    return { uploadId, problem: 'It is complete already; delete the image instead.' };
  });
}
