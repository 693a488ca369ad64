import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Calibration,
  type Culture,
  cellmixerRecipe,
  createComposer,
  defaultForegroundParameters,
  prepareCultures,
  type Sample,
} from '@cellmixer/cellmixer';
import { writeOmeTiffPyramid } from '@cellmixer/imaging';
import { type ClassMap, type FloatImage, resampleArea, resampleLabels } from '@cellmixer/pixels';
import type { TestPicture } from './demo-data.ts';

const COUNT = 16;
const LARGEST_SIDE = 256;

/** Native values are kept away from 0, which light is divided by. */
const MIDDLE = 0.5;

/**
 * Mixtures made of pure pictures that were not trained on. Their outlines were found without supervision, so the
 * truth is as good as those: it judges types, not outlines. They are written to `folder` as a microscope would give
 * them, in native pixels.
 */
export async function makeArtificialMixtures(
  heldOut: readonly Culture[],
  calibration: Calibration,
  folder: string,
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
  await mkdir(folder, { recursive: true });
  const mixtures: TestPicture[] = [];
  for (let i = 0; i < COUNT; i++) {
    const name = `artificial-${i + 1}`;
    const sample = composer.sample(i, 0);
    const side = Math.round(sample.size / calibration.workingScale);
    const image = resampleArea(toNative(sample, calibration), side, side);
    const path = join(folder, `${name}.ome.tiff`);
    await writeOmeTiffPyramid({ path, picture: image, pixelSizeUm: calibration.pixelSizeUm, name });
    const classMap = resampleLabels(classMapOf(sample), side, side);
    mixtures.push({ path, name, sample: null, image, classMap, instances: null });
  }
  return mixtures;
}

/** What the calibration made of a picture, undone, under even light. */
function toNative({ size, image }: Sample, { channels, modality, intensityScale }: Calibration): FloatImage {
  const data = image.slice();
  for (let c = 0; c < channels; c++) {
    const plane = data.subarray(c * size * size, (c + 1) * size * size);
    const scale = intensityScale[c]!;
    for (let i = 0; i < plane.length; i++) {
      const value = plane[i]! * scale;
      plane[i] = modality === 'fluorescence' ? value + 10 * scale : Math.max(0, MIDDLE * (1 + value));
    }
  }
  return { width: size, height: size, channels, data };
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
