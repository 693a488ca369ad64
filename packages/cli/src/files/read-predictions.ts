import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { readClassMap, readLabelMap } from '@cellmixer/imaging';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { z } from 'zod';
import { segmentationPaths } from './list-pictures.ts';

const recordSchema = z.object({
  types: z.array(z.string()).min(1),
  pictures: z.array(z.object({ stem: z.string(), path: z.string() })),
});

export interface Predictions {
  readonly types: readonly string[];
  readonly pictures: readonly { readonly stem: string; readonly path: string }[];
  read(stem: string): Promise<{ readonly classMap: ClassMap; readonly instances: LabelMap }>;
}

/** A folder that `segment` wrote. @throws FOLDER_UNREADABLE */
export async function openPredictions(folder: string): Promise<Predictions> {
  const path = join(folder, 'segmentation.json');
  const record = recordSchema.safeParse(
    await readFile(path, 'utf8').then(
      (text): unknown => JSON.parse(text),
      () => null,
    ),
  );
  if (!record.success) {
    throw new CellMixerError('FOLDER_UNREADABLE', `"${path}" is missing or not what \`segment\` writes`, {
      subject: folder,
      cure: 'Give the folder that `cellmixer segment … --out <folder>` wrote.',
    });
  }
  return {
    ...record.data,
    async read(stem) {
      const paths = segmentationPaths(folder, stem);
      const labels = [paths.instances('png'), paths.instances('tif')].find((file) => existsSync(file));
      return {
        classMap: await readClassMap(paths.classes),
        instances: await readLabelMap(labels ?? paths.instances('png')),
      };
    },
  };
}
