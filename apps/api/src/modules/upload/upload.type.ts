import { Prisma, type Upload } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { incomingKey, type ListedPart, partSizeFor } from '@cellmixer/storage';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { isUuid } from '../../graphql/node.ts';
import { rowsUnder } from '../../graphql/rows-under.ts';

/** Bytes that go in one request; more come in parts, so that a broken line costs one part. */
const LARGEST_SINGLE = 64 * 1024 ** 2;

export const UploadPurposeEnum = builder.enumType('UploadPurpose', {
  description: 'What an upload is for.',
  values: {
    IMAGE: { description: 'A picture; completeUploads makes an image of it.' },
    ANNOTATION: { description: 'The truth of an image; uploadAnnotations takes it.' },
  } as const,
});

const UploadStatusEnum = builder.enumType('UploadStatus', {
  description: 'What became of an upload.',
  values: {
    OPEN: { description: 'Its bytes are awaited.' },
    COMPLETED: { description: 'It was taken; truth is there once it has been checked.' },
    ABORTED: { description: 'It was given up.' },
    FAILED: { description: 'It came, and was not what it should be.' },
  } as const,
});

export interface Parts {
  /** Bytes of each part but the last. */
  readonly size: number;
  readonly count: number;
}

/** How a file is cut; null where it goes in one request. */
export function partsOf(sizeBytes: number): Parts | null {
  if (sizeBytes <= LARGEST_SINGLE) return null;
  const size = partSizeFor(sizeBytes);
  return { size, count: Math.ceil(sizeBytes / size) };
}

export const PartsType = builder.objectRef<Parts>('UploadParts').implement({
  description: 'How a file is cut into parts.',
  fields: (t) => ({
    size: t.exposeFloat('size', { description: 'Bytes of each part but the last.' }),
    count: t.exposeInt('count', { description: 'Parts; they are numbered from 1.' }),
  }),
});

const PartThere = builder.objectRef<ListedPart>('UploadedPart').implement({
  description: 'A part that has come.',
  fields: (t) => ({
    part: t.exposeInt('part', { description: 'Its number, from 1.' }),
    sizeBytes: t.exposeFloat('size', { description: 'Its bytes.' }),
    etag: t.exposeString('etag', { description: 'The MD5 of its bytes, where the store keeps that.' }),
  }),
});

export interface UploadRow extends Upload {
  readonly organizationId: string;
}

export const UploadType = builder.objectRef<UploadRow>('Upload').implement({
  description: 'A file that was announced by createUploads.',
  fields: (t) => ({
    uploadId: t.exposeID('id', { description: 'Names it in completeUploads and its like.' }),
    fileName: t.exposeString('fileName', { description: 'The file’s name.' }),
    sizeBytes: t.float({ description: 'Its bytes.', resolve: (row) => Number(row.sizeBytes) }),
    sha256: t.exposeString('checksum', { nullable: true, description: 'As the sender said.' }),
    purpose: t.expose('purpose', { type: UploadPurposeEnum, description: 'What it is for.' }),
    status: t.expose('status', { type: UploadStatusEnum, description: 'What became of it.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it could not be taken.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was announced.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when its ticket holds.' }),
    parts: t.field({
      type: PartsType,
      nullable: true,
      description: 'How it is cut, above 64 MiB.',
      resolve: (row) => partsOf(Number(row.sizeBytes)),
    }),
    partsThere: t.field({
      type: [PartThere],
      description: 'Parts that have come and need not be sent again.',
      resolve: (row, _args, context) => partsThere(context, row),
    }),
  }),
});

/** Uploads of a dataset, newest first: those that are open, or those that are named, whatever became of them. */
export async function listUploads(
  context: Context,
  datasetId: string,
  organizationId: string,
  ids: readonly string[] | null,
): Promise<UploadRow[]> {
  const where =
    ids === null ? Prisma.sql`t.status = 'OPEN'` : Prisma.sql`t.id = ANY(${ids.filter(isUuid)}::uuid[])`;
  const order = Prisma.sql`t."createdAt" DESC, t.id DESC`;
  const rows = await rowsUnder<Upload>(
    context,
    { table: 'Upload', parent: 'datasetId', where, order, most: 1000 },
    datasetId,
  );
  return rows.map((row) => ({ ...row, organizationId }));
}

/** What the store has of a file of parts; none where it was never begun, or cleaned up. */
export async function partsThere(
  { storage }: Context,
  { id, organizationId, multipartId }: Pick<UploadRow, 'id' | 'organizationId' | 'multipartId'>,
): Promise<ListedPart[]> {
  if (multipartId === null) return [];
  try {
    return await storage.listParts({ key: incomingKey(organizationId, id), uploadId: multipartId });
  } catch (error) {
    if (error instanceof CellMixerError && error.code === 'UPLOAD_NOT_FOUND') return [];
    throw error;
  }
}
