import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const extensions = /\.(png|jpe?g|webp|tiff?|tf8|tf2|btf)$/i;

/** Paths of the pictures in a folder (not below it), sorted by name, hidden files left out. */
export async function listImages(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith('.') && !entry.isDirectory() && extensions.test(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(folder, name));
}
