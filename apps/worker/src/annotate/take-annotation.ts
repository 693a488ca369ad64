import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { encodeLabels, encodePng, readClassMap, readLabelMap } from '@cellmixer/imaging';
import { type Handler, succeed } from '@cellmixer/jobs';
import { attemptKey, incomingKey } from '@cellmixer/storage';
import { z } from 'zod';
import { fetchObject } from '../fetch-object.ts';
import { fileName } from '../file-name.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';
import { demandInstances, demandKnownClasses, demandSize } from './check-truth.ts';

const truthShape = z.object({
  imageId: z.uuid(),
  kind: z.enum(['CLASS_MAP', 'INSTANCE_MAP']),
  classes: z.record(z.string(), z.uuid()),
});

/** Checks a map that was uploaded and keeps it as a new revision of its image's truth. */
export function takeAnnotation(parts: Parts): Handler<'ANNOTATE'> {
  const { database, storage } = parts;
  return ({ uploadId }, { job, signal }) =>
    withFolder(parts, async (folder) => {
      const upload = await database.upload.findUniqueOrThrow({ where: { id: uploadId } });
      const { imageId, kind, classes } = truthShape.parse(upload.truth);
      const image = await database.image.findUniqueOrThrow({ where: { id: imageId } });
      const { width, height } = image;
      if (image.deletedAt !== null || width === null || height === null) {
        throw new CellMixerError('INVALID_ARGUMENT', `the image "${image.name}" is not there any more`, {
          subject: upload.fileName,
          cure: 'Restore the image, or name another.',
        });
      }
      const incoming = incomingKey(job.organizationId ?? '', uploadId);
      const file = join(folder, fileName('map', upload.fileName));
      const checksum = await fetchObject(storage, incoming, file, signal);
      if (upload.checksum !== null && upload.checksum !== checksum) {
        throw new CellMixerError(
          'CHECKSUM_MISMATCH',
          `"${upload.fileName}": the bytes that came are not those announced`,
          {
            subject: upload.fileName,
            cure: 'Upload the file again.',
          },
        );
      }
      const expected = { file: upload.fileName, image: image.name, width, height };
      const { bytes, extension } = await readMap(file, kind, Object.keys(classes).map(Number), expected);
      const objectKey = attemptKey(job.id, job.attempt, `truth.${extension}`);
      await storage.put(objectKey, bytes, { contentType: extension === 'png' ? 'image/png' : 'image/tiff' });
      signal.throwIfAborted();
      await succeed(database, job, async (tx) => {
        // Two maps of one image at once must not get one number.
        await tx.$executeRaw`SELECT 1 FROM "Image" WHERE id = ${imageId}::uuid FOR NO KEY UPDATE`;
        const last = await tx.annotation.aggregate({ where: { imageId }, _max: { revision: true } });
        const revision = (last._max.revision ?? 0) + 1;
        await tx.annotation.create({
          data: { imageId, revision, kind, classes, objectKey, uploadId, createdById: upload.createdById },
        });
      });
      // Kept in our own form now; what cannot be deleted here is swept later.
      await storage.delete(incoming).catch(() => {});
    });
}

/** Reads a map, judges it, and writes it in the form in which truth is kept. */
async function readMap(
  file: string,
  kind: 'CLASS_MAP' | 'INSTANCE_MAP',
  values: readonly number[],
  expected: Parameters<typeof demandSize>[1],
): Promise<{ readonly bytes: Uint8Array; readonly extension: 'png' | 'tif' }> {
  const name = expected.file;
  if (kind === 'INSTANCE_MAP') {
    const map = await readLabelMap(file, { name });
    demandSize(map, expected);
    demandInstances(map, values, name);
    return encodeLabels(map);
  }
  const map = await readClassMap(file, { name });
  demandSize(map, expected);
  demandKnownClasses(map, new Set(values), name);
  return { bytes: await encodePng({ ...map, channels: 1 }), extension: 'png' };
}
