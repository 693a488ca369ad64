import { join } from 'node:path';
import { cellsTable } from '@cellmixer/cellmixer';
import { encodeCellRecords } from '@cellmixer/cellmixer/results';
import { encodePng, writeLabelPyramid, writeOmeTiffPyramid } from '@cellmixer/imaging';
import { type Handler, succeed } from '@cellmixer/jobs';
import { drawTypes } from '@cellmixer/pixels';
import { attemptKey } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';
import { putFile } from '../put-file.ts';
import { withFolder } from '../scratch-folder.ts';
import { countsOf } from './counts-of.ts';
import { findCells } from './find-cells.ts';

/** Segments one picture on the model server; maps and tables become visible with one row. */
export function segment(parts: Parts): Handler<'SEGMENT'> {
  const { database, storage } = parts;
  return ({ segmentationId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const row = await database.segmentation.findUniqueOrThrow({
        where: { id: segmentationId },
        include: { image: { include: { sample: true } }, modelVersion: true },
      });
      const { name, sample } = row.image;
      const { classes } = row.modelVersion;
      const { image, pixelSizeUm, found } = await findCells(
        parts,
        row.image,
        row.modelVersion,
        row.settings,
        {
          folder,
          signal,
          uncertainty: true,
          onProgress: (share) => progress({ done: Math.round(100 * share), total: 100, secondsLeft: null }),
        },
      );
      const key = (file: string) => attemptKey(job.id, job.attempt, file);
      const keys = {
        classMapKey: key('classes.ome.tiff'),
        instancesKey: key('instances.ome.tiff'),
        uncertaintyKey: key('uncertainty.ome.tiff'),
        overlayKey: key('overlay.png'),
        cellsKey: key('cells.csv'),
        cellRecordsKey: key('cells.f32'),
      };
      for (const [to, map] of [
        [keys.classMapKey, found.classMap],
        [keys.instancesKey, found.instances],
      ] as const) {
        const path = join(folder, 'map.ome.tiff');
        await writeLabelPyramid({ path, map, name, pixelSizeUm, signal });
        await putFile(storage, to, path, 'image/tiff');
      }
      if (found.uncertainty !== null) {
        const path = join(folder, 'uncertainty.ome.tiff');
        const picture = { ...found.uncertainty, channels: 1 };
        await writeOmeTiffPyramid({ path, picture, name, pixelSizeUm, signal });
        await putFile(storage, keys.uncertaintyKey, path, 'image/tiff');
      }
      const overlay = await encodePng(drawTypes(image, found.classMap, found.instances, classes.length));
      await storage.put(keys.overlayKey, overlay, { contentType: 'image/png' });
      const table = cellsTable([{ image: name, sample: sample?.name ?? null, pixelSizeUm, found }], classes);
      await storage.put(keys.cellsKey, Buffer.from(table), { contentType: 'text/csv' });
      const records = encodeCellRecords(found.cells, classes.length);
      await storage.put(keys.cellRecordsKey, records, { contentType: 'application/octet-stream' });
      signal.throwIfAborted();
      const surest = 1 - 1 / classes.length;
      const unsure = found.cells.reduce((sum, cell) => sum + (1 - cell.confidence) / surest, 0);
      await succeed(database, job, async (tx) => {
        await tx.segmentation.update({
          where: { id: segmentationId },
          data: {
            ...keys,
            cellCount: found.cells.length,
            uncertainty: found.cells.length === 0 || surest === 0 ? null : unsure / found.cells.length,
          },
        });
        await tx.classCount.deleteMany({ where: { segmentationId } });
        await tx.classCount.createMany({ data: countsOf(segmentationId, found.cells, classes) });
      });
    });
}
