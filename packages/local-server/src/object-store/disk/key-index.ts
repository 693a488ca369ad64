import { compareKeys, lowerBound } from './key-order.ts';

/** What a listing tells of an object. */
export interface IndexEntry {
  readonly size: number;
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/**
 * The keys of a bucket in byte order. It is read from the disk when somebody lists for the first time and kept up
 * with from then on, so that a server that nobody lists on holds nothing.
 */
export class KeyIndex {
  readonly #scan: () => AsyncIterable<readonly [key: string, entry: IndexEntry]>;
  readonly #entries = new Map<string, IndexEntry>();
  #keys: string[] = [];
  #state: 'unread' | 'reading' | 'read' = 'unread';
  #reading: Promise<void> | null = null;
  /** What was published (or deleted: null) while the disk was being read; it is newer than what was read. */
  readonly #meanwhile = new Map<string, IndexEntry | null>();

  constructor(scan: () => AsyncIterable<readonly [key: string, entry: IndexEntry]>) {
    this.#scan = scan;
  }

  /** Tells the index what has just been done on the disk; null for a deletion. */
  note(key: string, entry: IndexEntry | null): void {
    if (this.#state === 'reading') this.#meanwhile.set(key, entry);
    else if (this.#state === 'read') this.#apply(key, entry);
  }

  /** All keys in byte order. The list changes under later writes: take from it before you wait. */
  async keys(): Promise<readonly string[]> {
    if (this.#state !== 'read') {
      this.#reading ??= this.#read();
      await this.#reading;
    }
    return this.#keys;
  }

  entry(key: string): IndexEntry | undefined {
    return this.#entries.get(key);
  }

  async #read(): Promise<void> {
    this.#state = 'reading';
    try {
      for await (const [key, entry] of this.#scan()) this.#entries.set(key, entry);
    } catch (error) {
      this.#entries.clear();
      this.#meanwhile.clear();
      this.#state = 'unread';
      this.#reading = null;
      throw error;
    }
    this.#keys = [...this.#entries.keys()].sort(compareKeys);
    this.#state = 'read';
    for (const [key, entry] of this.#meanwhile) this.#apply(key, entry);
    this.#meanwhile.clear();
  }

  #apply(key: string, entry: IndexEntry | null): void {
    const known = this.#entries.has(key);
    if (entry !== null) this.#entries.set(key, entry);
    else this.#entries.delete(key);
    if (known === (entry !== null)) return;
    const place = lowerBound(this.#keys, key);
    if (entry !== null) this.#keys.splice(place, 0, key);
    else this.#keys.splice(place, 1);
  }
}
