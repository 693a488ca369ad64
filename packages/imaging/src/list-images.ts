import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';

const extensions = /\.(png|jpe?g|webp|tiff?|tf8|tf2|btf)$/i;

/** Paths of the pictures in a folder (not below it), sorted by name, hidden files left out. */
export async function listImages(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new CellMixerError('INVALID_ARGUMENT', `"${folder}": there is no such folder`, {
      subject: folder,
      cure: 'Look at the path, and whether the disk or the network folder is there.',
      cause,
    });
  });
  return entries
    .filter((entry) => !entry.name.startsWith('.') && !entry.isDirectory() && extensions.test(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(folder, name));
}
