import { basename, extname, join } from 'node:path';
import type { Culture } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { listImages, readImageSource } from '@cellmixer/imaging';
import { openTruth } from '../files/read-truth.ts';
import { sampleOf } from '../files/sample-of.ts';
import type { TestPicture } from './demo-data.ts';

/**
 * Mixtures with truth: `images/`, `masks_semantic/` and perhaps `masks_instance/`; pictures without truth are left out.
 *
 * @throws TEST_PICTURE_IN_TRAINING where the bytes of one are among the cultures
 */
export async function readMixtures(folder: string, cultures: readonly Culture[]): Promise<TestPicture[]> {
  const truth = await openTruth(
    folder,
    cultures.map((culture) => culture.type),
  );
  const trained = new Map(
    cultures.flatMap(({ type, images }) =>
      images.map((image) => [image.id, `${type}/${image.name}`] as const),
    ),
  );
  const mixtures: TestPicture[] = [];
  for (const path of await listImages(join(folder, 'images'))) {
    const stem = basename(path, extname(path));
    if (!truth.stems.includes(stem)) continue;
    const source = await readImageSource(path);
    const twin = trained.get(source.id);
    if (twin !== undefined) {
      throw new CellMixerError('TEST_PICTURE_IN_TRAINING', `"${path}" is the same picture as "${twin}"`, {
        subject: path,
        cure: 'Take it out of one of the two folders.',
      });
    }
    const { classMap, instances } = await truth.read(stem);
    const image = await source.read();
    mixtures.push({
      path,
      name: source.name,
      sample: sampleOf(path),
      image,
      classMap,
      instances,
    });
  }
  return mixtures;
}
