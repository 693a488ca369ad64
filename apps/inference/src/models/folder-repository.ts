import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import {
  isModelName,
  isModelVersion,
  type ModelRepository,
  type RepositoryModel,
  sortedVersions,
} from './model-repository.ts';

/** A folder in Triton's layout: `<name>/<version>/model.onnx`. It is looked at anew each time. */
export class FolderRepository implements ModelRepository {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly RepositoryModel[]> {
    const names = (await subfolders(this.#folder)).filter(isModelName).sort();
    const models = await Promise.all(
      names.map(async (name) => ({ name, versions: await this.versions(name) })),
    );
    return models.filter(({ versions }) => versions.length > 0);
  }

  async versions(name: string): Promise<readonly string[]> {
    return isModelName(name) ? sortedVersions(await subfolders(join(this.#folder, name))) : [];
  }

  async read(name: string, version: string): Promise<Uint8Array> {
    if (!isModelName(name) || !isModelVersion(version)) throw missing(name, version);
    try {
      return await readFile(join(this.#folder, name, version, 'model.onnx'));
    } catch (cause) {
      throw missing(name, version, cause);
    }
  }
}

async function subfolders(folder: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  // A link to a folder counts: that is how repositories are put together by hand.
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}

function missing(name: string, version: string, cause?: unknown): CellMixerError {
  return new CellMixerError('MODEL_NOT_FOUND', `version ${version} of "${name}" has no model.onnx`, {
    subject: name,
    cure: 'Ask for a version that the repository lists.',
    cause,
  });
}
