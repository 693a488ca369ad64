import { join } from 'node:path';
import type { TruthFiles } from '@cellmixer/api-client';
import { encodeLabels, encodePng } from '@cellmixer/imaging';
import { writeAtomically } from '../files/atomic-write.ts';
import type { TestPicture } from './demo-data.ts';

/** Writes what a mixture shows as maps in the order of the lines; null where it shows no cell that could be judged. */
export async function writeTruth(
  { name, classMap, instances }: TestPicture,
  folder: string,
): Promise<TruthFiles | null> {
  if (classMap.data.every((value) => value === 0 || value === 255)) return null;
  const classes = join(folder, `${name}.classes.png`);
  await writeAtomically(classes, await encodePng({ ...classMap, channels: 1 }));
  if (instances === null) return { classMap: classes, instances: null };
  const { bytes, extension } = await encodeLabels(instances);
  const cells = join(folder, `${name}.instances.${extension}`);
  await writeAtomically(cells, bytes);
  return { classMap: classes, instances: cells };
}
