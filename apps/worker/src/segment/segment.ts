import { join } from 'node:path';
import { type Calibration, calibrationSchema, cellsTable, segmentPicture } from '@cellmixer/cellmixer';
import { encodePng, writeLabelPyramid } from '@cellmixer/imaging';
import { createInferencePredictor } from '@cellmixer/inference-client';
import { type Handler, succeed } from '@cellmixer/jobs';
import { drawTypes } from '@cellmixer/pixels';
import { attemptKey } from '@cellmixer/storage';
import { openOriginal } from '../open-original.ts';
import type { Parts } from '../parts.ts';
import { putFile } from '../put-file.ts';
import { withFolder } from '../scratch-folder.ts';

/** Segments one picture on the model server; maps and tables become visible with one row. */
export function segment(parts: Parts): Handler<'SEGMENT'> {
  const { database, storage, inference } = parts;
  return ({ segmentationId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const row = await database.segmentation.findUniqueOrThrow({
        where: { id: segmentationId },
        include: { image: { include: { sample: true } }, modelVersion: true },
      });
      const source = await openOriginal(parts, row.image, folder, signal);
      const image = await source.read();
      const { modelVersion } = row;
      const predictor = await createInferencePredictor({
        url: inference.url,
        ...(inference.token === undefined ? {} : { token: inference.token }),
        model: modelVersion.modelId,
        version: String(modelVersion.number),
        signal,
      });
      const calibration: Calibration = calibrationSchema.parse(modelVersion.calibration);
      const { threshold } = row.settings as { readonly threshold: number };
      const found = await segmentPicture({ predictor, types: modelVersion.classes, calibration }, image, {
        name: row.image.name,
        pixelSizeUm: source.pixelSizeUm,
        segmentation: { threshold, uncertainty: false },
        signal,
        onProgress: (share) => progress({ done: Math.round(100 * share), total: 100, secondsLeft: null }),
      });
      const key = (name: string) => attemptKey(job.id, job.attempt, name);
      const table = cellsTable(
        [
          {
            image: row.image.name,
            sample: row.image.sample?.name ?? null,
            pixelSizeUm: source.pixelSizeUm,
            found,
          },
        ],
        modelVersion.classes,
      );
      const classMapKey = key('classes.ome.tiff');
      const instancesKey = key('instances.ome.tiff');
      const overlayKey = key('overlay.png');
      const cellsKey = key('cells.csv');
      const { name } = row.image;
      const { pixelSizeUm } = source;
      for (const [to, map] of [
        [classMapKey, found.classMap],
        [instancesKey, found.instances],
      ] as const) {
        const path = join(folder, 'map.ome.tiff');
        await writeLabelPyramid({ path, map, name, pixelSizeUm, signal });
        await putFile(storage, to, path, 'image/tiff');
      }
      await storage.put(
        overlayKey,
        await encodePng(drawTypes(image, found.classMap, found.instances, modelVersion.classes.length)),
        { contentType: 'image/png' },
      );
      await storage.put(cellsKey, Buffer.from(table), { contentType: 'text/csv' });
      signal.throwIfAborted();
      await succeed(database, job, async (tx) => {
        await tx.segmentation.update({
          where: { id: segmentationId },
          data: {
            classMapKey,
            instancesKey,
            overlayKey,
            cellsKey,
            cellCount: found.cells.length,
            composition: JSON.parse(JSON.stringify(found.composition)),
          },
        });
      });
    });
}
