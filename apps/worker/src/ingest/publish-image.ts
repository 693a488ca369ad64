import { type Database, type Image, Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { type HeldJob, type Queue, queueForegrounds, succeed, succeedAtOnce } from '@cellmixer/jobs';

export type ReadImage = Pick<
  Image,
  | 'id'
  | 'width'
  | 'height'
  | 'channels'
  | 'depth'
  | 'pixelSizeUm'
  | 'acquiredAt'
  | 'acquiredFrom'
  | 'checksum'
  | 'originalKey'
  | 'pyramidKey'
  | 'thumbnailKey'
>;

/** Makes the picture of a file READY with what was found out about it, and ends the job. */
export async function publishImage(
  database: Database,
  queue: Queue,
  job: HeldJob,
  { id, ...read }: ReadImage,
): Promise<void> {
  const making = (held: Prisma.Sql) => Prisma.sql`
    UPDATE "Image" SET status = 'READY', "errorCode" = NULL, "errorMessage" = NULL, "errorCure" = NULL,
      checksum = ${read.checksum}, width = ${read.width}, height = ${read.height}, channels = ${read.channels}, depth = ${read.depth},
      "pixelSizeUm" = ${read.pixelSizeUm}, "acquiredAt" = ${read.acquiredAt},
      "acquiredFrom" = ${read.acquiredFrom}::"AcquisitionDateSource", "originalKey" = ${read.originalKey}, "pyramidKey" = ${read.pyramidKey},
      "thumbnailKey" = ${read.thumbnailKey}
    ${held} "Image".id = ${id}::uuid RETURNING "sampleId"::text`;
  const unlabelled = making(Prisma.sql`FROM held WHERE "sampleId" IS NULL AND`);
  if (await succeedAtOnce(database, job, unlabelled, { type: 'Image', id })) return;
  await succeed(database, job, async (tx) => {
    const [row] = await tx.$queryRaw<{ sampleId: string | null }[]>(making(Prisma.sql`WHERE`));
    if (row === undefined) throw new CellMixerError('OBJECT_NOT_FOUND', `there is no image ${id}`);
    // Labelled before it was read, or meanwhile.
    if (row.sampleId !== null) await queueForegrounds(tx, queue, job, [id]);
  });
}
