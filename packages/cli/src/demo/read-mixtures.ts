import { basename, extname, join } from 'node:path';
import { listImages, readFloatImage } from '@cellmixer/imaging';
import { openTruth } from '../files/read-truth.ts';
import { sampleOf } from '../files/sample-of.ts';
import type { TestPicture } from './demo-data.ts';

/** Mixtures with truth: `images/`, `masks_semantic/` and perhaps `masks_instance/`; pictures without truth are left out. */
export async function readMixtures(folder: string, types: readonly string[]): Promise<TestPicture[]> {
  const truth = await openTruth(folder, types);
  const mixtures: TestPicture[] = [];
  for (const path of await listImages(join(folder, 'images'))) {
    const stem = basename(path, extname(path));
    if (!truth.stems.includes(stem)) continue;
    const { classMap, instances } = await truth.read(stem);
    const image = await readFloatImage(path);
    mixtures.push({
      name: basename(path),
      sample: sampleOf(path),
      image,
      calibrated: false,
      classMap,
      instances,
    });
  }
  return mixtures;
}
