import {
  type AcquisitionDateSource,
  type Database,
  type Modality,
  Prisma,
  readRows,
} from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { makeThumbnail, type OpenedImage, openImage } from '@cellmixer/imaging';
import type { Handler } from '@cellmixer/jobs';
import { imageKey, type ObjectKey, objectKey } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';
import { withFolderOnDemand } from '../scratch-folder.ts';
import { fetchUpload, keepOriginal } from './fetch-upload.ts';
import { flattenStack } from './flatten-stack.ts';
import { idBeside } from './id-beside.ts';
import { makePyramid } from './make-pyramid.ts';
import { type FilePicture, picturesOfFile } from './pictures-of-file.ts';
import { publishImage } from './publish-image.ts';
import { type PublishedPlane, publishPlanes } from './publish-planes.ts';

/**
 * Reads an upload, hashes it again, and keeps original, pyramid and thumbnail: of every time point, where the file holds
 * several. Nothing is visible before the end.
 */
export function ingestImage(parts: Parts): Handler<'INGEST'> {
  const { database, storage, queue, leftovers } = parts;
  return ({ imageId }, { job, signal, progress }) =>
    withFolderOnDemand(parts, async (folder) => {
      const image = await readUpload(database, imageId);
      const { name, modality } = image;
      const lab = job.organizationId ?? '';
      const incoming = incomingOf(image);
      progress({ done: 0, total: 4, secondsLeft: null });
      const upload = await fetchUpload(storage, incoming, Number(image.sizeBytes), folder, signal);
      demandChecksum(name, upload.checksum, image.announced);
      // Errors name the file as people know it.
      const opened = await openImage(upload.source, { name });
      try {
        const pictures = picturesOfFile(opened);
        const step = (done: number) => progress({ done, total: 1 + 3 * pictures.length, secondsLeft: null });
        const elsewhere = imageKey(lab, imageId, 'original');
        let kept: Promise<ObjectKey> | null = null;
        const keep = () => {
          kept ??= keepOriginal(storage, upload, elsewhere, image.announced !== null);
          return kept;
        };
        const make = async (one: FilePicture, i: number): Promise<PublishedPlane> => {
          signal.throwIfAborted();
          step(1 + 3 * i);
          const id = idBeside(imageId, i);
          const pyramidKey = imageKey(lab, id, 'pyramid.ome.tiff');
          const thumbnailKey = imageKey(lab, id, 'thumbnail.png');
          const { picture, plane, stackPlanes, stackPlane } = await flattenStack(
            opened,
            one.planes,
            modality,
            signal,
          );
          const { pixelSizeUm, channelNames } = opened;
          const content = { picture, pixelSizeUm, channelNames, name, signal, ...(plane && { plane }) };
          const pyramid = await makePyramid(storage, pyramidKey, content, folder);
          step(2 + 3 * i);
          const thumbnail = await makeThumbnail(pyramid.overview, { side: 256 });
          // At once: each waits for the store's disk.
          await Promise.all([
            pyramid.put(),
            keep(),
            storage.put(thumbnailKey, thumbnail, { size: thumbnail.length, contentType: 'image/png' }),
          ]);
          const { timePoint, secondsSinceFirst } = one;
          const isWhole = timePoint === null && stackPlanes === null;
          const planeChecksum = isWhole ? null : await pyramid.checksum();
          const place = { timePoint, secondsSinceFirst, stackPlanes, stackPlane, planeChecksum };
          return { id, pyramidKey, thumbnailKey, ...place };
        };
        const made: PublishedPlane[] = [];
        for (const [i, one] of pictures.entries()) made.push(await make(one, i));
        signal.throwIfAborted();
        step(1 + 3 * pictures.length);
        const originalKey = await keep();
        const file = { name, checksum: upload.checksum, ...sizeOf(opened), originalKey };
        const [first] = made;
        if (first !== undefined && first.planeChecksum === null)
          await publishImage(database, queue, job, { ...file, ...first });
        else await publishPlanes(database, queue, job, file, made);
        // The row points elsewhere now.
        if (incoming !== originalKey) leftovers.add(incoming);
      } finally {
        await opened.close();
      }
    });
}

const sizeOf = ({ width, height, channels, depth, pixelSizeUm, acquired }: OpenedImage) => ({
  width,
  height,
  channels,
  depth: depth.bits,
  pixelSizeUm,
  acquiredAt: acquired?.at ?? null,
  acquiredFrom: acquired && sources[acquired.from],
});

const sources = { exposure: 'EXPOSURE', file: 'FILE' } as const satisfies Record<
  string,
  AcquisitionDateSource
>;

interface IncomingImage {
  readonly name: string;
  readonly originalKey: string | null;
  readonly sizeBytes: bigint | number;
  /** Of the dataset. */
  readonly modality: Modality;
  /** The checksum that was announced with the upload. */
  readonly announced: string | null;
}

/** One statement, and past Prisma's engine: there are thousands of these. */
async function readUpload(database: Database, imageId: string): Promise<IncomingImage> {
  const [image] = await readRows<IncomingImage>(
    database,
    Prisma.sql`
      SELECT i.name, i."originalKey", i."sizeBytes", d.modality::text AS modality, u.checksum AS announced
      FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId" LEFT JOIN "Upload" u ON u.id = i."uploadId"
      WHERE i.id = ${imageId}::uuid`,
  );
  if (image === undefined) throw new CellMixerError('OBJECT_NOT_FOUND', `there is no image ${imageId}`);
  return image;
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
