import { calibrate, defaultForegroundParameters, makeMask, measureBackground } from '@cellmixer/cellmixer';

import { encodePng } from '@cellmixer/imaging';
import { type Handler, succeed } from '@cellmixer/jobs';
import { attemptKey } from '@cellmixer/storage';
import { methodModality } from '../method-modality.ts';
import { openOriginal } from '../open-original.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';

/** Finds the cells of a picture without supervision; the mask is a new revision. */
export function findForeground(parts: Parts): Handler<'FOREGROUND'> {
  const { database, storage } = parts;
  return ({ imageId }, { job, signal }) =>
    withFolder(parts, async (folder) => {
      const image = await database.image.findUniqueOrThrow({
        where: { id: imageId },
        include: { dataset: true },
      });
      const source = await openOriginal(parts, image, folder, signal);
      const modality = methodModality(image.dataset.modality);
      const { cellDiameterPx } = await calibrate([{ type: 'one', images: [source] }], { modality });
      const parameters = defaultForegroundParameters(modality, cellDiameterPx);
      const background = measureBackground(await source.read(), { modality });
      const { trimap, quality } = makeMask(background, parameters);
      const shown = { 0: 0, 1: 255, 255: 128 } as const;
      const data = trimap.data.map((value) => shown[value as keyof typeof shown]);
      const png = await encodePng({ width: trimap.width, height: trimap.height, channels: 1, data });
      const maskKey = attemptKey(job.id, job.attempt, 'foreground.png');
      await storage.put(maskKey, png, { contentType: 'image/png' });
      signal.throwIfAborted();
      await succeed(database, job, async (tx) => {
        const last = await tx.foreground.aggregate({ where: { imageId }, _max: { revision: true } });
        await tx.foreground.create({
          data: {
            imageId,
            revision: (last._max.revision ?? 0) + 1,
            parameters: { ...parameters },
            quality: { ...quality, warnings: [...quality.warnings] },
            coverage: quality.coverage,
            confluent: quality.confluent,
            maskKey,
          },
        });
      });
    });
}
