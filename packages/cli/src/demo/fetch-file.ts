import { writeFile } from 'node:fs/promises';
import { CellMixerError } from '@cellmixer/errors';

/**
 * Fetches what a presigned address gives into a file.
 *
 * @returns the file's path
 * @throws STORAGE_REFUSED
 */
export async function fetchFile(url: string, path: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    throw new CellMixerError('STORAGE_REFUSED', `"${path}" cannot be fetched: ${response.status}`, {
      subject: path,
      cure: 'The address holds for ten minutes: start again.',
    });
  }
  await writeFile(path, new Uint8Array(await response.arrayBuffer()));
  return path;
}
