import { type Dataset, insertRows, type Transaction, type UploadPurpose } from '@cellmixer/database';
import { incomingKey } from '@cellmixer/storage';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { sayBytes } from '../../graphql/say-bytes.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { PartsType, partsOf, UploadPurposeEnum } from './upload.type.ts';

/** Seconds in which the bytes must have come. */
export const TICKET_SECONDS = 6 * 3600;
/** Nobody knows yet what is in them. */
const CONTENT_TYPE = 'application/octet-stream';
/** Bytes of a file; larger ones are not read either. */
const LARGEST = 64 * 1024 ** 3;

interface IssuedTicket {
  readonly uploadId: string;
  readonly fileName: string;
  /** Null for a file of parts. */
  readonly url: string | null;
  readonly sizeBytes: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: Date;
}

export const UploadHeader = builder.objectRef<IssuedTicket['headers'][number]>('UploadHeader').implement({
  description: 'A header that the upload must carry.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    value: t.exposeString('value', { description: 'Its value, byte for byte.' }),
  }),
});

const TicketType = builder.objectRef<IssuedTicket>('UploadTicket').implement({
  description: 'Lets somebody send exactly one file: its size, and its checksum where one was given.',
  fields: (t) => ({
    uploadId: t.exposeID('uploadId', { description: 'Names it in completeUploads.' }),
    fileName: t.exposeString('fileName', { description: 'Which file it is for.' }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'Where the bytes go, by PUT; null for a file of parts: ask createPartTickets.',
    }),
    parts: t.field({
      type: PartsType,
      nullable: true,
      description: 'How a file above 64 MiB is cut.',
      resolve: (row) => partsOf(row.sizeBytes),
    }),
    headers: t.field({
      type: [UploadHeader],
      description: 'What the PUT must say.',
      resolve: (row) => [...row.headers],
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when.' }),
  }),
});

const Payload = definePayload<{ readonly tickets: readonly IssuedTicket[] }>('createUploads').implement({
  description: 'A ticket for every file, in the order in which they were asked for.',
  fields: (t) => ({
    tickets: t.field({
      type: [TicketType],
      description: 'The tickets.',
      resolve: ({ tickets }) => [...tickets],
    }),
  }),
});

const FileInput = builder.inputType('UploadFileInput', {
  description: 'A file that is to be uploaded.',
  fields: (t) => ({
    name: t.string({ description: 'Its name, up to 255 characters.' }),
    sizeBytes: t.float({ description: 'Bytes, from 1 to 64 GiB.' }),
    sha256: t.string({ required: false, description: 'Hexadecimal; then other bytes are refused at once.' }),
  }),
});

const Input = builder.inputType('CreateUploadsInput', {
  description: 'Files for a dataset.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where they belong.' }),
    files: t.field({ type: [FileInput], description: 'From 1 to 1,000 files.' }),
    purpose: t.field({
      type: UploadPurposeEnum,
      required: false,
      description: 'IMAGE where it is left out.',
    }),
    idempotencyKey: t.string({
      required: false,
      description: 'Makes a second sending harmless: it renews the tickets of the first.',
    }),
  }),
});

const shape = z
  .array(
    z.object({
      name: z
        .string()
        .trim()
        .min(1)
        .max(255)
        .refine((name) => !/[/\\\p{Cc}]/u.test(name), 'must be a file name, without a path'),
      sizeBytes: z.int().min(1).max(LARGEST),
      sha256: z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
        .nullish(),
    }),
  )
  .min(1)
  .max(1000);

type Asked = z.output<typeof shape>[number];

builder.mutationField('createUploads', (t) =>
  t.field({
    type: defineResult('createUploads', Payload),
    description:
      'Reserves room for files and hands out a ticket for each. Nothing is visible before completeUploads.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(context.actor, 'data.edit', { projectId: dataset.projectId });
        const files = shape.parse(input.files);
        const purpose = input.purpose ?? 'IMAGE';
        const organizationId = await organizationOf(context, dataset.projectId);
        const expiresAt = new Date(Date.now() + TICKET_SECONDS * 1000);
        const request = {
          mutation: 'createUploads',
          idempotencyKey: input.idempotencyKey,
          input: { dataset: dataset.id, files, purpose },
        };
        let isNew = false;
        const { uploadIds } = await once(context, request, async (tx) => {
          isNew = true;
          return {
            uploadIds: await reserve(tx, context, { dataset, organizationId, files, purpose, expiresAt }),
          };
        });
        if (!isNew) await renew(context, uploadIds, expiresAt);
        return { tickets: await issue(context, { organizationId, files, uploadIds, expiresAt }) };
      }),
  }),
);

interface Reservation {
  readonly dataset: Dataset;
  readonly organizationId: string;
  readonly files: readonly Asked[];
  readonly purpose: UploadPurpose;
  readonly expiresAt: Date;
}

/** @throws QuotaError where the lab has no room for all of them */
async function reserve(
  tx: Transaction,
  { actor }: Context,
  { dataset, organizationId, files, purpose, expiresAt }: Reservation,
): Promise<string[]> {
  const bytes = files.reduce((sum, file) => sum + BigInt(file.sizeBytes), 0n);
  const reserved = await tx.$executeRaw`
    UPDATE "Organization" SET "usedBytes" = "usedBytes" + ${bytes}
    WHERE id = ${organizationId}::uuid AND "usedBytes" + ${bytes} <= "quotaBytes"`;
  if (reserved === 0) {
    const { usedBytes, quotaBytes } = await tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
    });
    const left = quotaBytes > usedBytes ? quotaBytes - usedBytes : 0n;
    throw new RequestError(
      'QuotaError',
      'STORAGE_FULL',
      `The files have ${sayBytes(bytes)}; the lab has room for ${sayBytes(left)} more, of ${sayBytes(quotaBytes)}.`,
      {
        subject: 'files',
        cure: 'Delete what is no longer needed, or ask the operator for more room.',
      },
    );
  }
  await audit(tx, actor, {
    action: 'createUploads',
    organizationId,
    projectId: dataset.projectId,
    subjectType: 'Dataset',
    subjectId: dataset.id,
    details: { files: files.length },
  });
  return insertRows(
    tx,
    'Upload',
    files.map((file) => ({
      datasetId: dataset.id,
      fileName: file.name,
      purpose,
      contentType: CONTENT_TYPE,
      sizeBytes: BigInt(file.sizeBytes),
      checksum: file.sha256 ?? null,
      expiresAt,
      createdById: z.uuid().parse(actor.userId),
    })),
  );
}

/** The first answer was lost: its uploads wait as long as new ones would. @throws ConflictError where some have ended */
async function renew({ database }: Context, uploadIds: readonly string[], expiresAt: Date): Promise<void> {
  const { count } = await database.upload.updateMany({
    where: { id: { in: [...uploadIds] }, status: 'OPEN' },
    data: { expiresAt },
  });
  if (count === uploadIds.length) return;
  throw new RequestError(
    'ConflictError',
    'UPLOAD_ENDED',
    `${uploadIds.length - count} of the ${uploadIds.length} uploads of this idempotency key have been taken or given up since.`,
    { subject: 'idempotencyKey', cure: 'Use a new key to upload the files anew.' },
  );
}

interface Reserved extends Pick<Reservation, 'organizationId' | 'files' | 'expiresAt'> {
  /** One for each file, in order. */
  readonly uploadIds: readonly string[];
}

function issue(
  { storage }: Context,
  { organizationId, files, uploadIds, expiresAt }: Reserved,
): Promise<IssuedTicket[]> {
  return Promise.all(
    files.map(async ({ name, sizeBytes, sha256 }, i) => {
      const issued = { uploadId: uploadIds[i] ?? '', fileName: name, sizeBytes, expiresAt };
      // What is begun for parts is begun with the first of them: most of a thousand files may never come.
      if (partsOf(issued.sizeBytes) !== null) return { ...issued, url: null, headers: [] };
      const ticket = await storage.uploadTicket({
        key: incomingKey(organizationId, issued.uploadId),
        size: sizeBytes,
        contentType: CONTENT_TYPE,
        expiresSeconds: TICKET_SECONDS,
        ...(sha256 == null ? {} : { sha256 }),
      });
      const headers = Object.entries(ticket.headers).map(([name, value]) => ({ name, value }));
      return { ...issued, url: ticket.url, headers };
    }),
  );
}
