import { type Calibration, calibrationSchema, type Segmentation, segmentPicture } from '@cellmixer/cellmixer';
import type { Image, ModelVersion } from '@cellmixer/database';
import type { FloatImage } from '@cellmixer/pixels';
import { z } from 'zod';
import { openPixels, type StoredImage } from '../open-pixels.ts';
import type { Parts } from '../parts.ts';

const settingsSchema = z.object({ threshold: z.number().min(0).max(1) });

export interface FoundCells {
  /** The picture, native. */
  readonly image: FloatImage;
  readonly pixelSizeUm: number | null;
  readonly found: Segmentation;
}

/** Segments an image by a model version on the model server; maps come at the image's own size. */
export async function findCells(
  parts: Pick<Parts, 'storage' | 'predictors'>,
  image: StoredImage & Pick<Image, 'pixelSizeUm'>,
  model: Pick<ModelVersion, 'modelId' | 'number' | 'classes' | 'calibration'>,
  settings: unknown,
  options: {
    readonly folder: string;
    readonly signal: AbortSignal;
    /** Whether to give a map of it; false. */
    readonly uncertainty?: boolean;
    readonly onProgress?: (share: number) => void;
  },
): Promise<FoundCells> {
  const { folder, signal, uncertainty = false, onProgress } = options;
  const source = await openPixels(parts, image, folder, signal);
  const picture = await source.read();
  const predictor = await parts.predictors(model, signal);
  const calibration: Calibration = calibrationSchema.parse(model.calibration);
  const pixelSizeUm = image.pixelSizeUm ?? source.pixelSizeUm;
  const { threshold } = settingsSchema.parse(settings);
  const found = await segmentPicture({ predictor, types: model.classes, calibration }, picture, {
    name: image.name,
    pixelSizeUm,
    segmentation: { threshold, uncertainty },
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { image: picture, pixelSizeUm, found };
}
