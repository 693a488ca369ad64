import {
  type Culture,
  defaultForegroundParameters,
  type Modality,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer';
import { toBytes } from '@cellmixer/pixels';
import type { FoundCells } from './demo-result.ts';

/** Every pure picture with the cells that training sees in it. */
export async function findCells(cultures: readonly Culture[], modality: Modality): Promise<FoundCells[]> {
  const parameters = defaultForegroundParameters(modality);
  const { feature, deviationSigma } = parameters;
  const found: FoundCells[] = [];
  for (const { type, images } of cultures) {
    for (const source of images) {
      const image = await source.read();
      const background = measureBackground(image, { modality, feature, deviationSigma });
      const { mask, quality } = makeMask(background, parameters);
      found.push({ type, image: source.name, picture: toBytes(image), mask, quality });
    }
  }
  return found;
}
