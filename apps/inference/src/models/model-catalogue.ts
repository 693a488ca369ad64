import { CellMixerError } from '@cellmixer/errors';
import type { Model } from '@cellmixer/nn';
import type { ModelCache } from './model-cache.ts';
import { isModelVersion, type ModelRepository } from './model-repository.ts';

/** One version of a model. */
export interface ModelReference {
  readonly name: string;
  readonly version: string;
}

/** What the protocol's repository index says of a version. */
export interface IndexEntry extends ModelReference {
  readonly state: 'READY' | 'LOADING' | 'UNAVAILABLE';
  readonly reason: string;
}

/** What must be known of a network to check what it is given. */
export type NetworkShape = Pick<Model, 'inputChannels' | 'types' | 'multiple'>;

/** How long the list of a model's versions is believed, ms: a new version is served after at most that time. */
const versionsLast = 2000;

/**
 * The models that are served: those of the repository, but for those that were unloaded by name. A model is opened when
 * it is first asked for, so one that is `READY` need not be open.
 */
export class ModelCatalogue {
  readonly #repository: ModelRepository;
  readonly #cache: ModelCache;
  readonly #unloaded = new Set<string>();
  readonly #broken = new Map<string, string>();
  readonly #versions = new Map<string, { readonly at: number; readonly found: Promise<readonly string[]> }>();

  constructor(repository: ModelRepository, cache: ModelCache) {
    this.#repository = repository;
    this.#cache = cache;
  }

  /**
   * Settles on a version, the newest where none is named.
   *
   * @throws MODEL_NOT_FOUND
   */
  async find(name: string, version?: string): Promise<ModelReference> {
    if (this.#unloaded.has(name)) {
      throw new CellMixerError('MODEL_NOT_FOUND', `the model "${name}" was unloaded`, {
        subject: name,
        cure: `Load it again: POST /v2/repository/models/${name}/load.`,
      });
    }
    if (version !== undefined && isModelVersion(version) && this.#isOpen({ name, version }))
      return { name, version };
    const versions = await this.versions(name);
    const chosen = version ?? versions.at(-1);
    if (chosen !== undefined && versions.includes(chosen)) return { name, version: chosen };
    throw new CellMixerError(
      'MODEL_NOT_FOUND',
      version === undefined || versions.length === 0
        ? `there is no model "${name}"`
        : `the model "${name}" has no version "${version}", only ${versions.join(', ')}`,
      { subject: name, cure: 'POST /v2/repository/index lists the models.' },
    );
  }

  /** Oldest first, at most {@link versionsLast} old. */
  async versions(name: string): Promise<readonly string[]> {
    const known = this.#versions.get(name);
    if (known !== undefined && performance.now() - known.at < versionsLast) return known.found;
    const found = this.#repository.versions(name);
    this.#versions.set(name, { at: performance.now(), found });
    const versions = await found.catch((error: unknown) => {
      this.#versions.delete(name);
      throw error;
    });
    // Names that nobody has are not remembered, or a caller could fill the memory with them.
    if (versions.length === 0) this.#versions.delete(name);
    return versions;
  }

  /**
   * Opens a model where it is not open, and tells its shape.
   *
   * @throws MODEL_NOT_FOUND, MODEL_UNREADABLE
   */
  shape(reference: ModelReference): Promise<NetworkShape> {
    return this.use(reference, 0, ({ inputChannels, types, multiple }) => ({
      inputChannels,
      types,
      multiple,
    }));
  }

  /** Hands the open network to `work`; `pixels` as in the cache. @throws MODEL_NOT_FOUND, MODEL_UNREADABLE */
  async use<T>(
    reference: ModelReference,
    pixels: number,
    work: (model: Model) => Promise<T> | T,
  ): Promise<T> {
    const key = keyOf(reference);
    const { name, version } = reference;
    const read = () => this.#repository.read(name, version);
    try {
      const result = await this.#cache.use(key, read, pixels, work);
      this.#broken.delete(key);
      return result;
    } catch (error) {
      if (!(error instanceof CellMixerError) || error.code !== 'MODEL_UNREADABLE') throw error;
      this.#broken.set(key, error.message);
      throw new CellMixerError(
        'MODEL_UNREADABLE',
        `version ${version} of "${name}" cannot be served: ${error.message}`,
        { subject: name, cure: error.cure ?? 'Export the model again.', cause: error },
      );
    }
  }

  /** Whether a request would be served, as far as is known without opening it. */
  async isReady(name: string, version?: string): Promise<boolean> {
    const reference = await this.find(name, version);
    return !this.#broken.has(keyOf(reference));
  }

  async index(): Promise<IndexEntry[]> {
    const models = await this.#repository.list();
    return models.flatMap(({ name, versions }) => versions.map((version) => this.#entry({ name, version })));
  }

  /** Opens the newest version anew from the repository. @throws MODEL_NOT_FOUND, MODEL_UNREADABLE */
  async load(name: string): Promise<void> {
    this.#unloaded.delete(name);
    this.#versions.delete(name);
    await this.#close(name);
    await this.shape(await this.find(name));
  }

  /** Closes all versions after the runs that they are in, and serves them no more until they are loaded. */
  async unload(name: string): Promise<void> {
    await this.find(name);
    this.#unloaded.add(name);
    await this.#close(name);
  }

  async #close(name: string): Promise<void> {
    const versions = await this.#repository.versions(name);
    await Promise.all(versions.map((version) => this.#cache.remove(keyOf({ name, version }))));
  }

  #isOpen(reference: ModelReference): boolean {
    return this.#cache.state(keyOf(reference)) === 'open';
  }

  #entry(reference: ModelReference): IndexEntry {
    const key = keyOf(reference);
    const unavailable = this.#unloaded.has(reference.name) ? 'unloaded' : this.#broken.get(key);
    if (unavailable !== undefined) return { ...reference, state: 'UNAVAILABLE', reason: unavailable };
    const state = this.#cache.state(key) === 'opening' ? 'LOADING' : 'READY';
    return { ...reference, state, reason: '' };
  }
}

/** One key for a model's version; names hold no slash. */
export function keyOf({ name, version }: ModelReference): string {
  return `${name}/${version}`;
}
