import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';

let written = 0;

/**
 * Lets `fill` write a file under a temporary name in the same folder, makes its bytes last, then gives it its
 * name: at any moment `path` is the old file or the new one, whole. Where anything fails nothing is left.
 *
 * @param mode who may read it; everybody that the system's own rules let, if absent
 * @throws OUTPUT_UNWRITABLE where the disk refuses; what `fill` throws otherwise
 */
export async function writeWholeFile<T>(
  path: string,
  fill: (file: FileHandle) => Promise<T>,
  mode?: number,
): Promise<T> {
  const temporary = `${path}.${process.pid}-${written++}.tmp`;
  try {
    const file = await open(temporary, 'w', mode);
    let result: T;
    try {
      result = await fill(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return result;
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    // Only the file system's own errors carry the name of a system call.
    if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause;
    throw new CellMixerError('OUTPUT_UNWRITABLE', `"${path}": cannot be written (${cause.code})`, {
      subject: path,
      cure: 'Look whether the folder is there, at its permissions, and at the free space on its disk.',
      cause,
    });
  }
}

/** Makes the new name itself last; folders cannot be opened for that everywhere. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some network file systems refuse; the file's own bytes are safe by then.
  } finally {
    await handle.close();
  }
}
