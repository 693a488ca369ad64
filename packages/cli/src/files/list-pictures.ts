import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { listImages } from '@cellmixer/imaging';

export interface InputPicture {
  readonly path: string;
  /** Unique among the inputs and fit for a file's name. */
  readonly stem: string;
}

/**
 * Pictures and folders of pictures, as given on the command line. Pictures of one name in two folders get their
 * folder's name in front.
 *
 * @throws FOLDER_UNREADABLE, INVALID_ARGUMENT
 */
export async function listPictures(inputs: readonly string[]): Promise<InputPicture[]> {
  const paths: string[] = [];
  for (const input of inputs) paths.push(...(await picturesAt(input)));
  const unique = [...new Set(paths)];
  const stems = nameApart(unique);
  return unique.map((path, i) => ({ path, stem: stems[i]! }));
}

async function picturesAt(input: string): Promise<string[]> {
  const path = resolve(input);
  const entry = await stat(path).catch(() => null);
  if (entry === null) {
    throw new CellMixerError('FOLDER_UNREADABLE', `"${input}": there is no such file or folder`, {
      subject: input,
      cure: 'Look at the path.',
    });
  }
  if (!entry.isDirectory()) return [path];
  const found = await listImages(path);
  if (found.length > 0) return found;
  throw new CellMixerError('FOLDER_UNREADABLE', `"${input}" holds no pictures`, {
    subject: input,
    cure: 'Give a folder with TIFF, PNG, JPEG or WebP pictures directly in it.',
  });
}

function nameApart(paths: readonly string[]): string[] {
  const short = paths.map((path) => basename(path, extname(path)));
  const named = short.map((stem, i) =>
    short.indexOf(stem) === short.lastIndexOf(stem) ? stem : `${basename(dirname(paths[i]!))}__${stem}`,
  );
  const twin = named.find((stem, i) => named.indexOf(stem) !== i);
  if (twin === undefined) return named;
  const [a, b] = paths.filter((_, i) => named[i] === twin);
  throw new CellMixerError('INVALID_ARGUMENT', `"${a}" and "${b}" would both be written as "${twin}"`, {
    subject: twin,
    cure: 'Segment them in two calls with two folders.',
  });
}

/** The files that `segment` writes for one picture. */
export function segmentationPaths(folder: string, stem: string) {
  return {
    classes: join(folder, `${stem}.classes.png`),
    overlay: join(folder, `${stem}.overlay.png`),
    instances: (extension: string) => join(folder, `${stem}.instances.${extension}`),
  } as const;
}
