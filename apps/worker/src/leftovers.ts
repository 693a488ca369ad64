import type { ObjectKey, Storage } from '@cellmixer/storage';

/** How long (ms), and how many, are gathered. */
const GATHER = 1000;
const MOST = 200;

/**
 * Objects to which nothing points any more. They are deleted many at a time, since a request for each would cost as
 * much as another picture's thumbnail. What cannot be deleted here, or is lost with this process, is swept later.
 */
export class Leftovers {
  readonly #storage: Pick<Storage, 'deleteAll'>;
  #keys: ObjectKey[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(storage: Pick<Storage, 'deleteAll'>) {
    this.#storage = storage;
  }

  add(key: ObjectKey): void {
    this.#keys.push(key);
    if (this.#keys.length >= MOST) void this.remove();
    else this.#timer ??= setTimeout(() => void this.remove(), GATHER);
  }

  /** Deletes what has been gathered so far. */
  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#storage.deleteAll(this.#keys.splice(0)).catch(() => {});
  }
}
