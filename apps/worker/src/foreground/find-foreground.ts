import {
  calibrate,
  defaultForegroundParameters,
  type ForegroundMask,
  type ForegroundParameters,
  foregroundConcern,
  foregroundFlags,
  foregroundParametersSchema,
  type ImageSource,
  type Modality,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer';
import type { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { encodePng } from '@cellmixer/imaging';
import { type Handler, succeed } from '@cellmixer/jobs';
import { attemptKey } from '@cellmixer/storage';
import { methodModality } from '../method-modality.ts';
import { openPixels } from '../open-pixels.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';
import { drawPreview } from './draw-preview.ts';

/** Finds the cells of a picture without supervision; the mask is a new revision. */
export function findForeground(parts: Parts): Handler<'FOREGROUND'> {
  const { database, storage } = parts;
  return ({ imageId }, { job, signal }) =>
    withFolder(parts, async (folder) => {
      const image = await database.image.findUniqueOrThrow({
        where: { id: imageId },
        include: { dataset: true },
      });
      const asked = (image.foregroundParameters ?? image.dataset.foregroundParameters) as Prisma.JsonObject;
      const source = await openPixels(parts, image, folder, signal);
      const light = methodModality(image.dataset.modality);
      const parameters = await completeParameters(source, light, asked);
      const { feature, deviationSigma } = parameters;
      const background = measureBackground(await source.read(), { modality: light, feature, deviationSigma });
      const { trimap, mask, quality } = makeMask(background, parameters);
      const png = { contentType: 'image/png' };
      const maskKey = attemptKey(job.id, job.attempt, 'foreground.png');
      await storage.put(maskKey, await encodeTrimap(trimap), png);
      const preview = await drawPreview(parts, image, mask, folder, signal);
      const previewKey = preview === null ? null : attemptKey(job.id, job.attempt, 'preview.png');
      if (preview !== null && previewKey !== null) await storage.put(previewKey, preview, png);
      signal.throwIfAborted();
      await succeed(database, job, async (tx) => {
        if (!(await stillAsked(tx, imageId, asked))) return;
        const last = await tx.foreground.aggregate({ where: { imageId }, _max: { revision: true } });
        await tx.foreground.create({
          data: {
            imageId,
            revision: (last._max.revision ?? 0) + 1,
            parameters: { ...parameters },
            asked,
            light,
            quality: { ...quality, warnings: [...quality.warnings] },
            flags: foregroundFlags(quality).map((flag) => flag.kind),
            concern: foregroundConcern(quality),
            coverage: quality.coverage,
            confluent: quality.confluent,
            decision: Object.keys(asked).length === 0 ? 'FOUND' : 'TUNED',
            maskKey,
            previewKey,
          },
        });
      });
    });
}

/** What people have set, and for the rest what the picture itself suggests. */
async function completeParameters(
  source: ImageSource,
  modality: Modality,
  asked: Prisma.JsonObject,
): Promise<ForegroundParameters> {
  const suggested = defaultForegroundParameters(modality, await cellDiameter(source, modality));
  return foregroundParametersSchema.parse({ ...suggested, ...asked });
}

/** Undefined where no cell can be measured: the mask's flags will tell. */
async function cellDiameter(source: ImageSource, modality: Modality): Promise<number | undefined> {
  try {
    return (await calibrate([{ type: 'one', images: [source] }], { modality })).cellDiameterPx;
  } catch (error) {
    if (error instanceof CellMixerError && error.code === 'NO_FOREGROUND') return undefined;
    throw error;
  }
}

function encodeTrimap({ width, height, data }: ForegroundMask['trimap']): Promise<Uint8Array> {
  const shown = { 0: 0, 1: 255, 255: 128 } as const;
  return encodePng({ width, height, channels: 1, data: data.map((v) => shown[v as keyof typeof shown]) });
}

/** Parameters that have changed since have queued a job of their own. */
async function stillAsked(tx: Prisma.TransactionClient, imageId: string, asked: Prisma.JsonObject) {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId" WHERE i.id = ${imageId}::uuid
      AND COALESCE(i."foregroundParameters", d."foregroundParameters") = ${JSON.stringify(asked)}::jsonb`;
  return rows.length === 1;
}
