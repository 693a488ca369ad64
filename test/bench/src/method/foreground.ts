import {
  type Calibration,
  defaultForegroundParameters,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer';
import type { PurePicture } from './dataset.ts';

/** IoU of the unsupervised masks on the test pictures; confluent ones are flagged, not scored. */
export async function foregroundScores(
  pure: readonly PurePicture[],
  { modality, cellDiameterPx }: Calibration,
): Promise<{ mean: number; min: number }> {
  const ious: number[] = [];
  for (const picture of pure) {
    const parameters = defaultForegroundParameters(modality, cellDiameterPx);
    const background = measureBackground(picture.image, { modality });
    const { mask, quality } = makeMask(background, parameters);
    if (quality.confluent) continue;
    let both = 0;
    let either = 0;
    for (let i = 0; i < mask.data.length; i++) {
      const truth = picture.instances.data[i]! > 0;
      const found = mask.data[i] === 1;
      if (truth && found) both++;
      if (truth || found) either++;
    }
    ious.push(both / either);
  }
  return { mean: ious.reduce((a, b) => a + b, 0) / ious.length, min: Math.min(...ious) };
}
