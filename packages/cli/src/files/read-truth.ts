import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { listImages, readClassMap, readLabelMap } from '@cellmixer/imaging';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { readClassValues, renumber } from './class-values.ts';

export interface Truth {
  readonly stem: string;
  /** 0 background, 1… types in the given order, 255 ignored. */
  readonly classMap: ClassMap;
  readonly instances: LabelMap | null;
}

/**
 * Where a folder keeps its truth: `masks_semantic/` (class maps) and perhaps `masks_instance/`, both named as the
 * pictures; or class maps directly in it.
 */
export interface TruthFolder {
  readonly stems: readonly string[];
  read(stem: string): Promise<Truth>;
}

/** @throws FOLDER_UNREADABLE, INVALID_ARGUMENT */
export async function openTruth(folder: string, types: readonly string[]): Promise<TruthFolder> {
  const inner = join(folder, 'masks_semantic');
  const semantic = existsSync(inner) ? inner : folder;
  const maps = new Map((await listMaps(semantic)).map((path) => [stemOf(path), path]));
  const instances = new Map(
    (await listImages(join(folder, 'masks_instance')).catch(() => [])).map((path) => [stemOf(path), path]),
  );
  const values = await readClassValues(folder, types);
  return {
    stems: [...maps.keys()],
    async read(stem) {
      const map = maps.get(stem);
      if (map === undefined) throw missing(semantic, stem);
      const labels = instances.get(stem);
      return {
        stem,
        classMap: renumber(await readClassMap(map), values),
        instances: labels === undefined ? null : await readLabelMap(labels),
      };
    },
  };
}

async function listMaps(folder: string): Promise<string[]> {
  const paths = await listImages(folder).catch(() => null);
  if (paths !== null && paths.length > 0) return paths;
  throw new CellMixerError(
    'FOLDER_UNREADABLE',
    `"${folder}": ${paths === null ? 'there is no such folder' : 'it holds no class maps'}`,
    {
      subject: folder,
      cure: 'Give a folder with masks_semantic/ (and masks_instance/), named as the pictures.',
    },
  );
}

/** `plate_A1.classes.png`, `plate_A1.png` → `plate_A1`. */
function stemOf(path: string): string {
  return basename(path, extname(path)).replace(/\.(classes|instances)$/, '');
}

function missing(folder: string, stem: string): CellMixerError {
  return new CellMixerError('FOLDER_UNREADABLE', `"${stem}": there is no such class map in "${folder}"`, {
    subject: stem,
    cure: 'Name the truth as the picture that it belongs to.',
  });
}
