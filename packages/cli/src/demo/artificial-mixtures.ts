import {
  type Calibration,
  type Culture,
  cellmixerRecipe,
  createComposer,
  defaultForegroundParameters,
  prepareCultures,
  type Sample,
} from '@cellmixer/cellmixer';
import type { ClassMap } from '@cellmixer/pixels';
import type { TestPicture } from './demo-data.ts';

const COUNT = 16;
const LARGEST_SIDE = 256;

/**
 * Mixtures made of pure pictures that were not trained on. Their outlines were found without supervision, so the
 * truth is as good as those: it judges types, not outlines.
 */
export async function makeArtificialMixtures(
  heldOut: readonly Culture[],
  calibration: Calibration,
  seed: number,
): Promise<TestPicture[]> {
  const { images } = await prepareCultures(
    heldOut,
    calibration,
    defaultForegroundParameters(calibration.modality),
  );
  const side = Math.min(LARGEST_SIDE, ...images.flatMap(({ image }) => [image.width, image.height]));
  const base = cellmixerRecipe(calibration.modality);
  const composer = createComposer({
    prepared: images,
    types: heldOut.map((culture) => culture.type),
    calibration,
    recipe: {
      ...base,
      cropSize: Math.max(32, 16 * Math.floor(side / 16)),
      modes: { paste: 0.7, overlay: 0, mixup: 0, juxtapose: 0.3, pure: 0 },
      augment: {
        ...base.augment,
        rotation: 0,
        scale: 0,
        contrast: 0,
        gamma: 0,
        blur: 0,
        noise: 0,
        elastic: 0,
      },
    },
    seed: seed + 7_000_000,
  });
  return Array.from({ length: COUNT }, (_, i) =>
    toTestPicture(composer.sample(i, 0), calibration.channels, i),
  );
}

function toTestPicture(sample: Sample, channels: number, index: number): TestPicture {
  const { size, image } = sample;
  return {
    name: `artificial ${index + 1}`,
    sample: null,
    image: { width: size, height: size, channels, data: image.slice() },
    calibrated: true,
    classMap: classMapOf(sample),
    instances: null,
  };
}

/** Where a soft target has no clear winner, or the weight is 0, the truth is not known. */
function classMapOf({ size, foreground, types, weight }: Sample): ClassMap {
  const area = size * size;
  const data = new Uint8Array(area);
  for (let i = 0; i < area; i++) {
    data[i] = 255;
    if (weight[i] === 0) continue;
    if (foreground[i]! < 0.01) data[i] = 0;
    else if (foreground[i]! > 0.99) {
      for (let k = 0; k * area < types.length; k++) if (types[k * area + i]! > 0.99) data[i] = k + 1;
    }
  }
  return { width: size, height: size, data };
}
