import { CellMixerError } from '@cellmixer/errors';
import type { FloatImage } from '@cellmixer/pixels';
import { calibrateImage } from '../calibration/calibrate-image.ts';
import type { Calibration, Predictor } from '../contracts.ts';
import { atNativeSize } from './native-size.ts';
import { type Segmentation, type SegmentationOptions, segmentImage } from './segment-image.ts';

/** What a model brings to a picture. */
export interface PictureModel {
  readonly predictor: Predictor;
  readonly types: readonly string[];
  readonly calibration: Calibration;
}

export interface SegmentPictureOptions {
  readonly name: string;
  readonly pixelSizeUm?: number | null;
  readonly segmentation?: Partial<SegmentationOptions>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/** Finds the cells of a native picture; maps and coordinates come back at its own size. */
export async function segmentPicture(
  model: PictureModel,
  image: FloatImage,
  options: SegmentPictureOptions,
): Promise<Segmentation> {
  const { calibration, predictor, types } = model;
  if (image.channels !== calibration.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `"${options.name}" has ${image.channels} channels, the model was trained on ${calibration.channels}`,
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
