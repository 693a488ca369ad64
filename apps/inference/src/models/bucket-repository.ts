import { CellMixerError } from '@cellmixer/errors';
import { modelKey, objectPrefix, type Storage } from '@cellmixer/storage';
import {
  isModelName,
  isModelVersion,
  type ModelRepository,
  type RepositoryModel,
  sortedVersions,
} from './model-repository.ts';

const ROOT = 'models/';

/** A bucket in Triton's layout: `models/<name>/<version>/model.onnx`. It is looked at anew each time. */
export class BucketRepository implements ModelRepository {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async list(): Promise<readonly RepositoryModel[]> {
    const versions = new Map<string, string[]>();
    for await (const { key } of this.#storage.list(objectPrefix(ROOT))) {
      const [name, version, file] = key.slice(ROOT.length).split('/');
      if (name === undefined || version === undefined || file !== 'model.onnx' || !isModelName(name))
        continue;
      versions.set(name, [...(versions.get(name) ?? []), version]);
    }
    return [...versions].map(([name, list]) => ({ name, versions: sortedVersions(list) }));
  }

  async versions(name: string): Promise<readonly string[]> {
    if (!isModelName(name)) return [];
    const found: string[] = [];
    const prefix = `${ROOT}${name}/`;
    for await (const { key } of this.#storage.list(objectPrefix(prefix))) {
      const [version, file] = key.slice(prefix.length).split('/');
      if (version !== undefined && file === 'model.onnx') found.push(version);
    }
    return sortedVersions(found);
  }

  async read(name: string, version: string): Promise<Uint8Array> {
    if (!isModelName(name) || !isModelVersion(version)) throw missing(name, version);
    try {
      return await this.#storage.readBytes(modelKey(name, Number(version)), { limit: 2 ** 31 });
    } catch (cause) {
      if (cause instanceof CellMixerError && cause.code === 'OBJECT_NOT_FOUND')
        throw missing(name, version, cause);
      throw cause;
    }
  }
}

function missing(name: string, version: string, cause?: unknown): CellMixerError {
  return new CellMixerError('MODEL_NOT_FOUND', `the bucket has no version ${version} of "${name}"`, {
    subject: name,
    cure: 'Ask for a version that the repository lists.',
    cause,
  });
}
