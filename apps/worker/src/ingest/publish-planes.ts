import { type Database, type Image, insertRows, type Transaction } from '@cellmixer/database';
import { type HeldJob, type Queue, queueForegrounds, succeed } from '@cellmixer/jobs';
import { nameOfTimePoint } from '@cellmixer/sample-names';
import type { ReadImage } from './publish-image.ts';

/** A picture that is one plane of its file, or made of some. */
export type PublishedPlane = Pick<
  Image,
  | 'id'
  | 'timePoint'
  | 'secondsSinceFirst'
  | 'stackPlanes'
  | 'stackPlane'
  | 'planeChecksum'
  | 'pyramidKey'
  | 'thumbnailKey'
>;

type File = Omit<ReadImage, 'id' | 'pyramidKey' | 'thumbnailKey'> & Pick<Image, 'name'>;

/**
 * Makes the pictures of a file of several planes READY, all of them at once, and ends the job. The first is the image
 * that was uploaded; the others come to its sample, and into the trash where it lies there.
 */
export async function publishPlanes(
  database: Database,
  queue: Queue,
  job: HeldJob,
  { name, ...file }: File,
  planes: readonly PublishedPlane[],
): Promise<void> {
  const [first] = planes;
  if (first === undefined) throw new RangeError(`"${name}" has no picture`);
  const isSeries = planes.length > 1;
  const rows = planes.map((plane) => ({
    ...file,
    ...plane,
    ...takenAt(file, plane),
    name: plane.timePoint === null ? name : nameOfTimePoint(name, plane.timePoint),
    seriesId: isSeries ? first.id : null,
    timePoints: isSeries ? planes.length : null,
    status: 'READY' as const,
  }));
  await succeed(database, job, async (tx) => {
    const cleared = { errorCode: null, errorMessage: null, errorCure: null };
    const uploaded = await tx.image.update({
      where: { id: first.id },
      data: { ...rows[0], ...cleared },
      select: {
        datasetId: true,
        sampleId: true,
        sizeBytes: true,
        createdById: true,
        createdAt: true,
        deletedAt: true,
      },
    });
    const others = rows.slice(1);
    await insertRows(
      tx,
      'Image',
      others.map((row) => ({ ...row, ...uploaded })),
    );
    if (uploaded.deletedAt !== null) await followIntoTrash(tx, first.id, others);
    const ids = planes.map(({ id }) => id);
    // Labelled before it was read, or meanwhile.
    if (uploaded.sampleId !== null) await queueForegrounds(tx, queue, job, ids);
  });
}

/** The file says when its first time point was taken, and how long after it the others. */
function takenAt(
  { acquiredAt: first, acquiredFrom }: Pick<File, 'acquiredAt' | 'acquiredFrom'>,
  { timePoint, secondsSinceFirst }: PublishedPlane,
): Pick<File, 'acquiredAt' | 'acquiredFrom'> {
  if (first === null || timePoint === null || timePoint === 1) return { acquiredAt: first, acquiredFrom };
  if (secondsSinceFirst === null) return { acquiredAt: null, acquiredFrom: null };
  return { acquiredAt: new Date(first.getTime() + 1000 * secondsSinceFirst), acquiredFrom };
}

/** Deleted while it was read: its time points are restored like it, or purged. */
async function followIntoTrash(
  tx: Transaction,
  firstId: string,
  others: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  const item = await tx.trashItem.findUnique({
    where: { type_subjectId: { type: 'Image', subjectId: firstId } },
  });
  if (item === null) return;
  const { id: _, ...like } = item;
  await tx.trashItem.createMany({
    data: others.map(({ id, name }) => ({ ...like, subjectId: id, name })),
  });
}
