import type { Dataset, Upload } from '@cellmixer/database';
import { incomingKey, type MultipartUpload } from '@cellmixer/storage';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { TICKET_SECONDS, UploadHeader } from './create-uploads.ts';
import { partsOf } from './upload.type.ts';

interface PartTicket {
  readonly part: number;
  readonly url: string;
  readonly sizeBytes: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: Date;
}

const PartTicketType = builder.objectRef<PartTicket>('PartTicket').implement({
  description: 'Lets somebody PUT exactly one part of a file.',
  fields: (t) => ({
    part: t.exposeInt('part', { description: 'Its number, from 1.' }),
    url: t.exposeString('url', { description: 'Where its bytes go, by PUT.' }),
    sizeBytes: t.exposeFloat('sizeBytes', { description: 'How many bytes it must have.' }),
    headers: t.field({
      type: [UploadHeader],
      description: 'What the PUT must say.',
      resolve: (row) => [...row.headers],
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when.' }),
  }),
});

const Payload = definePayload<{ readonly tickets: readonly PartTicket[] }>('createPartTickets').implement({
  description: 'A ticket for each part, in the order in which they were asked for.',
  fields: (t) => ({
    tickets: t.field({
      type: [PartTicketType],
      description: 'The tickets.',
      resolve: ({ tickets }) => [...tickets],
    }),
  }),
});

const PartInput = builder.inputType('UploadPartInput', {
  description: 'A part that is to be sent.',
  fields: (t) => ({
    part: t.int({ description: 'Its number, from 1.' }),
    md5: t.string({ required: false, description: 'Hexadecimal; then other bytes are refused at once.' }),
  }),
});

const Input = builder.inputType('CreatePartTicketsInput', {
  description: 'Parts of a large file.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where the file belongs.' }),
    uploadId: t.id({ description: 'As createUploads gave it.' }),
    parts: t.field({ type: [PartInput], description: 'From 1 to 200 parts.' }),
  }),
});

const shape = z
  .array(
    z.object({
      part: z.int().min(1),
      md5: z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits')
        .nullish(),
    }),
  )
  .min(1)
  .max(200);

builder.mutationField('createPartTickets', (t) =>
  t.field({
    type: defineResult('createPartTickets', Payload),
    description:
      'Hands out tickets for parts of a file above 64 MiB. Asked again, also days later, it goes on with the same upload.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(context.actor, 'data.edit', { projectId: dataset.projectId });
        const parts = shape.parse(input.parts);
        const id = z.uuid().parse(input.uploadId);
        const upload = await context.database.upload.findFirst({
          where: { id, datasetId: dataset.id, status: 'OPEN' },
        });
        if (upload === null) {
          throw new RequestError(
            'NotFoundError',
            'UPLOAD_NOT_FOUND',
            'No such upload of this dataset is open.',
            {
              subject: 'uploadId',
              cure: 'Ask for a new upload of the file.',
            },
          );
        }
        return { tickets: await issue(context, dataset, upload, parts) };
      }),
  }),
);

async function issue(
  context: Context,
  dataset: Dataset,
  upload: Upload,
  parts: z.output<typeof shape>,
): Promise<PartTicket[]> {
  const { database, storage } = context;
  const size = Number(upload.sizeBytes);
  const cut = partsOf(size);
  const wrong = parts.find(({ part }) => cut === null || part > cut.count);
  if (cut === null || wrong !== undefined) {
    const count = cut === null ? 'goes in one piece' : `has ${cut.count} parts`;
    throw new RequestError(
      'ValidationError',
      'PART_UNKNOWN',
      `"${upload.fileName}" ${count}, not ${wrong?.part}.`,
      {
        subject: 'parts',
        cure: 'Cut it as the ticket says.',
      },
    );
  }
  const organizationId = await organizationOf(context, dataset.projectId);
  const begun = await begin(context, organizationId, upload);
  const expiresAt = new Date(Date.now() + TICKET_SECONDS * 1000);
  await database.upload.updateMany({ where: { id: upload.id, status: 'OPEN' }, data: { expiresAt } });
  return Promise.all(
    parts.map(async ({ part, md5 }) => {
      const sizeBytes = part < cut.count ? cut.size : size - cut.size * (cut.count - 1);
      const ticket = await storage.partTicket({
        ...begun,
        part,
        size: sizeBytes,
        expiresSeconds: TICKET_SECONDS,
        ...(md5 == null ? {} : { md5 }),
      });
      const headers = Object.entries(ticket.headers).map(([name, value]) => ({ name, value }));
      return { part, url: ticket.url, sizeBytes, headers, expiresAt };
    }),
  );
}

/** The store's own upload of parts: begun once, also where two ask at the same moment. */
async function begin(
  { database, storage }: Context,
  organizationId: string,
  { id, sizeBytes, contentType, checksum, multipartId }: Upload,
): Promise<MultipartUpload> {
  const key = incomingKey(organizationId, id);
  if (multipartId !== null) return { key, uploadId: multipartId };
  const { uploadId } = await storage.beginMultipart({
    key,
    size: Number(sizeBytes),
    contentType,
    ...(checksum === null ? {} : { sha256: checksum }),
  });
  const { count } = await database.upload.updateMany({
    where: { id, status: 'OPEN', multipartId: null },
    data: { multipartId: uploadId },
  });
  if (count === 1) return { key, uploadId };
  await storage.abortMultipart({ key, uploadId });
  const other = await database.upload.findUniqueOrThrow({ where: { id } });
  return { key, uploadId: other.multipartId ?? '' };
}
