import {
  atNativeSize,
  type CellMixerModel,
  calibrateImage,
  defaultForegroundParameters,
  makeMask,
  measureBackground,
  segmentImage,
} from '@cellmixer/cellmixer';
import type { PurePicture } from './dataset.ts';

export interface ForegroundScores {
  readonly mean: number;
  readonly min: number;
  /** Mean IoU of the network's foreground over the same pictures, lines it never saw included. */
  readonly network: number;
  /** The same over the lines that it was trained on. */
  readonly networkOwnLines: number;
  readonly pictures: readonly {
    readonly name: string;
    readonly mask: number;
    readonly network: number;
    readonly coverage: number;
  }[];
  readonly confluent: readonly string[];
}

/** IoU of the unsupervised masks, and of the network's foreground; confluent pictures are flagged, not scored. */
export async function foregroundScores(
  masked: readonly PurePicture[],
  model: CellMixerModel,
): Promise<ForegroundScores> {
  const { calibration, types } = model;
  const rows: { name: string; own: boolean; mask: number; network: number; coverage: number }[] = [];
  const confluent: string[] = [];
  for (const { name, type, image, instances } of masked) {
    const { modality, cellDiameterPx } = calibration;
    const parameters = defaultForegroundParameters(modality, cellDiameterPx);
    const background = measureBackground(image, { modality, deviationSigma: parameters.deviationSigma });
    const { mask, quality } = makeMask(background, parameters);
    if (quality.confluent) {
      confluent.push(name);
      continue;
    }
    const found = await segmentImage(calibrateImage(image, calibration), model);
    const native = atNativeSize(found, image.width, image.height);
    rows.push({
      name,
      own: type < types.length,
      mask: iou(instances.data, mask.data),
      network: iou(instances.data, native.classMapPixelwise.data),
      coverage: quality.coverage,
    });
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    mean: mean(rows.map((row) => row.mask)),
    min: Math.min(...rows.map((row) => row.mask)),
    network: mean(rows.map((row) => row.network)),
    networkOwnLines: mean(rows.filter((row) => row.own).map((row) => row.network)),
    pictures: rows,
    confluent,
  };
}

function iou(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i]! > 0;
    const f = found[i]! > 0;
    if (t && f) both++;
    if (t || f) either++;
  }
  return both / either;
}
