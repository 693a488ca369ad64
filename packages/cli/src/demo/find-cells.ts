import {
  type Calibration,
  type Culture,
  defaultForegroundParameters,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer';
import { toBytes } from '@cellmixer/pixels';
import type { FoundCells } from './demo-result.ts';

/** The first pictures of every line with the cells that training sees in them. */
export async function findCells(
  cultures: readonly Culture[],
  { modality }: Calibration,
  perLine: number,
): Promise<FoundCells[]> {
  const parameters = defaultForegroundParameters(modality);
  const { feature, deviationSigma } = parameters;
  const found: FoundCells[] = [];
  for (const { type, images } of cultures) {
    for (const source of images.slice(0, perLine)) {
      const image = await source.read();
      const background = measureBackground(image, { modality, feature, deviationSigma });
      const { mask } = makeMask(background, parameters);
      found.push({ type, image: source.name, picture: toBytes(image), mask });
    }
  }
  return found;
}
