import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { codeOf } from './atomic-write.ts';

export interface FolderContent {
  /** Names, sorted, hidden ones left out. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What systems leave in folders of their own accord. */
const CLUTTER = new Set(['Thumbs.db', 'desktop.ini', '__MACOSX']);

/** @throws FOLDER_UNREADABLE */
export async function listFolder(path: string): Promise<FolderContent> {
  try {
    const entries = (await readdir(path, { withFileTypes: true }))
      .filter((entry) => !entry.name.startsWith('.') && !CLUTTER.has(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const kinds = await Promise.all(entries.map((entry) => isFolder(path, entry)));
    return {
      folders: entries.filter((_, i) => kinds[i]).map((entry) => entry.name),
      files: entries.filter((_, i) => !kinds[i]).map((entry) => entry.name),
    };
  } catch (cause) {
    const code = codeOf(cause);
    const why =
      code === 'ENOENT'
        ? 'there is no such folder'
        : code === 'ENOTDIR'
          ? 'this is a file, not a folder'
          : code;
    throw new CellMixerError('FOLDER_UNREADABLE', `"${path}": ${why}`, {
      subject: path,
      cure: 'Look at the path and its permissions.',
      cause,
    });
  }
}

/** A link to a folder is a folder. */
async function isFolder(
  path: string,
  entry: { readonly name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return await readdir(join(path, entry.name)).then(
    () => true,
    () => false,
  );
}
