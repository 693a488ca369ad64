import { basename } from 'node:path';
import {
  atNativeSize,
  type CellMixerModel,
  calibrateImage,
  type Segmentation,
  type SegmentationOptions,
  segmentImage,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import type { FloatImage } from '@cellmixer/pixels';

export interface SegmentPictureOptions {
  readonly name: string;
  readonly pixelSizeUm?: number | null;
  readonly segmentation?: Partial<SegmentationOptions>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/** Finds the cells of a native picture; maps and coordinates come back at its own size. */
export async function segmentPicture(
  model: CellMixerModel,
  image: FloatImage,
  options: SegmentPictureOptions,
): Promise<Segmentation> {
  const { calibration, predictor, types } = model;
  if (image.channels !== calibration.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `"${basename(options.name)}" has ${image.channels} channels, the model was trained on ${calibration.channels}`,
      { subject: options.name, cure: 'Give pictures that were taken and saved like the training pictures.' },
    );
  }
  const calibrated = calibrateImage(image, calibration, { pixelSizeUm: options.pixelSizeUm ?? null });
  const found = await segmentImage(calibrated, {
    predictor,
    types,
    calibration,
    options: { uncertainty: false, ...options.segmentation },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  return atNativeSize(found, image.width, image.height);
}
