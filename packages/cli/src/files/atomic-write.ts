import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { writeWholeFile } from '@cellmixer/imaging';

/**
 * Writes a file so that after a crash or a power cut it holds the old or the new bytes, whole. Makes its folder.
 *
 * @param mode who may read it; everybody that the system's own rules let, if absent
 * @throws OUTPUT_UNWRITABLE
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  mode?: number,
): Promise<void> {
  await makeFolderOf(path);
  await writeWholeFile(path, (file) => file.writeFile(content), mode);
}

async function makeFolderOf(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw new CellMixerError('OUTPUT_UNWRITABLE', `"${path}": cannot be written (${codeOf(cause)})`, {
      subject: path,
      cure: 'Look at the folder’s permissions and the free space on its disk.',
      cause,
    });
  }
}

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
