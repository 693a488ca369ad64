import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';

/**
 * Writes a file so that after a crash or a power cut it holds the old or the new bytes, whole.
 *
 * @param mode who may read it; everybody that the system's own rules let, if absent
 * @throws OUTPUT_UNWRITABLE
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  mode?: number,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new CellMixerError('OUTPUT_UNWRITABLE', `"${path}": cannot be written (${codeOf(cause)})`, {
      subject: path,
      cure: 'Look at the folder’s permissions and the free space on its disk.',
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

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
