import { type Database, type Image, Prisma, readRows } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { makeThumbnail, type OpenedImage, openImage } from '@cellmixer/imaging';
import {
  type Handler,
  type HeldJob,
  type Queue,
  queueForegrounds,
  succeed,
  succeedAtOnce,
} from '@cellmixer/jobs';
import { imageKey, type ObjectKey, objectKey } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';
import { withFolderOnDemand } from '../scratch-folder.ts';
import { fetchUpload, keepOriginal } from './fetch-upload.ts';
import { makePyramid } from './make-pyramid.ts';

/** Reads an upload, hashes it again, and keeps original, pyramid and thumbnail. Nothing is visible before the end. */
export function ingestImage(parts: Parts): Handler<'INGEST'> {
  const { database, storage, queue, leftovers } = parts;
  return ({ imageId }, { job, signal, progress }) =>
    withFolderOnDemand(parts, async (folder) => {
      const image = await readUpload(database, imageId);
      const lab = job.organizationId ?? '';
      const incoming = incomingOf(image);
      progress({ done: 0, total: 4, secondsLeft: null });
      const upload = await fetchUpload(storage, incoming, Number(image.sizeBytes), folder, signal);
      demandChecksum(image.name, upload.checksum, image.announced);
      progress({ done: 1, total: 4, secondsLeft: null });
      // Errors name the file as people know it.
      const opened = await openImage(upload.source, { name: image.name });
      try {
        const originalKey = imageKey(lab, imageId, 'original');
        const pyramidKey = imageKey(lab, imageId, 'pyramid.ome.tiff');
        const thumbnailKey = imageKey(lab, imageId, 'thumbnail.png');
        const pyramid = await makePyramid(storage, pyramidKey, opened, folder, signal);
        progress({ done: 2, total: 4, secondsLeft: null });
        const thumbnail = await makeThumbnail(pyramid.overview, { side: 256 });
        // At once: each waits for the store's disk.
        await Promise.all([
          pyramid.put(),
          keepOriginal(storage, upload, originalKey, image.announced !== null),
          storage.put(thumbnailKey, thumbnail, { size: thumbnail.length, contentType: 'image/png' }),
        ]);
        signal.throwIfAborted();
        progress({ done: 4, total: 4, secondsLeft: null });
        await publish(database, queue, job, imageId, {
          checksum: upload.checksum,
          ...sizeOf(opened),
          originalKey,
          pyramidKey,
          thumbnailKey,
        });
        // The row points elsewhere now.
        if (incoming !== originalKey) leftovers.add(incoming);
      } finally {
        await opened.close();
      }
    });
}

const sizeOf = ({ width, height, channels, depth, pixelSizeUm }: OpenedImage) => ({
  width,
  height,
  channels,
  depth: depth.bits,
  pixelSizeUm,
});

interface IncomingImage {
  readonly name: string;
  readonly originalKey: string | null;
  readonly sizeBytes: bigint | number;
  /** The checksum that was announced with the upload. */
  readonly announced: string | null;
}

/** One statement, and past Prisma's engine: there are thousands of these. */
async function readUpload(database: Database, imageId: string): Promise<IncomingImage> {
  const [image] = await readRows<IncomingImage>(
    database,
    Prisma.sql`
      SELECT i.name, i."originalKey", i."sizeBytes", u.checksum AS announced
      FROM "Image" i LEFT JOIN "Upload" u ON u.id = i."uploadId" WHERE i.id = ${imageId}::uuid`,
  );
  if (image === undefined) throw new CellMixerError('OBJECT_NOT_FOUND', `there is no image ${imageId}`);
  return image;
}

type ReadImage = Pick<
  Image,
  | 'width'
  | 'height'
  | 'channels'
  | 'depth'
  | 'pixelSizeUm'
  | 'checksum'
  | 'originalKey'
  | 'pyramidKey'
  | 'thumbnailKey'
>;

/** Makes the picture READY with what was found out about it, and ends the job. */
async function publish(
  database: Database,
  queue: Queue,
  job: HeldJob,
  imageId: string,
  read: ReadImage,
): Promise<void> {
  const making = (held: Prisma.Sql) => Prisma.sql`
    UPDATE "Image" SET status = 'READY', "errorCode" = NULL, "errorMessage" = NULL, checksum = ${read.checksum},
      width = ${read.width}, height = ${read.height}, channels = ${read.channels}, depth = ${read.depth},
      "pixelSizeUm" = ${read.pixelSizeUm}, "originalKey" = ${read.originalKey}, "pyramidKey" = ${read.pyramidKey},
      "thumbnailKey" = ${read.thumbnailKey}
    ${held} "Image".id = ${imageId}::uuid RETURNING "sampleId"::text`;
  const unlabelled = making(Prisma.sql`FROM held WHERE "sampleId" IS NULL AND`);
  if (await succeedAtOnce(database, job, unlabelled, { type: 'Image', id: imageId })) return;
  await succeed(database, job, async (tx) => {
    const [row] = await tx.$queryRaw<{ sampleId: string | null }[]>(making(Prisma.sql`WHERE`));
    if (row === undefined) throw new CellMixerError('OBJECT_NOT_FOUND', `there is no image ${imageId}`);
    // Labelled before it was read, or meanwhile.
    if (row.sampleId !== null) await queueForegrounds(tx, queue, job, [imageId]);
  });
}

function incomingOf({ originalKey, name }: IncomingImage): ObjectKey {
  if (originalKey !== null) return objectKey(originalKey);
  throw new CellMixerError('OBJECT_NOT_FOUND', `"${name}" has no bytes`, { subject: name });
}

function demandChecksum(name: string, found: string, announced: string | null): void {
  if (announced === null || announced === found) return;
  throw new CellMixerError('CHECKSUM_MISMATCH', `"${name}": the bytes that came are not those announced`, {
    subject: name,
    cure: 'Upload the file again.',
  });
}
