import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, planeOf, resampleArea } from '@cellmixer/pixels';
import type { Calibration, Modality } from '../contracts.ts';
import { estimateIllumination } from '../foreground/illumination.ts';
import type { Background } from '../foreground/measure-background.ts';

export interface CalibrateImageOptions {
  /** Native pixel size of this picture, micrometres; rescales where the calibration knows its own. */
  readonly pixelSizeUm?: number | null;
  /** Where the picture's background was measured already. */
  readonly background?: Pick<Background, 'illumination'>;
}

/**
 * Native picture → network input: light divided out (value ÷ light − 1; fluorescence: value − light), resampled by
 * area to the working scale, divided by the run's intensity scale. Knows no label and no contrast of the picture
 * itself, so training and test pictures of any density come out alike.
 *
 * @throws CellMixerError INVALID_ARGUMENT where the channels differ from the calibration's.
 */
export function calibrateImage(
  image: FloatImage,
  calibration: Calibration,
  options: CalibrateImageOptions = {},
): FloatImage {
  if (image.channels !== calibration.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the picture has ${image.channels} channels, the calibration ${calibration.channels}`,
      { cure: 'Use pictures with the same channels as those of the training.' },
    );
  }
  const light = options.background?.illumination ?? estimateIllumination(image, calibration.modality).image;
  const relative = removeLight(image, light, calibration.modality);
  const { width, height } = workingSize(image, workingScaleOf(calibration, options.pixelSizeUm ?? null));
  const resampled =
    width === image.width && height === image.height ? relative : resampleArea(relative, width, height);
  for (let c = 0; c < resampled.channels; c++) {
    const factor = 1 / calibration.intensityScale[c]!;
    const { data } = planeOf(resampled, c);
    for (let i = 0; i < data.length; i++) data[i]! *= factor;
  }
  return resampled;
}

/** value ÷ light − 1, or value − light in fluorescence; a new picture. */
export function removeLight(image: FloatImage, light: FloatImage, modality: Modality): FloatImage {
  const data = new Float32Array(image.data.length);
  if (modality === 'fluorescence') {
    for (let i = 0; i < data.length; i++) data[i] = image.data[i]! - light.data[i]!;
  } else {
    for (let i = 0; i < data.length; i++) data[i] = image.data[i]! / light.data[i]! - 1;
  }
  return { ...image, data };
}

/** Working pixels per native pixel of a picture with this pixel size. */
export function workingScaleOf(calibration: Calibration, pixelSizeUm: number | null): number {
  if (pixelSizeUm === null || calibration.pixelSizeUm === null) return calibration.workingScale;
  return (calibration.workingScale * pixelSizeUm) / calibration.pixelSizeUm;
}

export function workingSize(
  image: { readonly width: number; readonly height: number },
  scale: number,
): { width: number; height: number } {
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  };
}
