import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type IndexEntry, KeyIndex } from './key-index.ts';
import { KeyLocks } from './key-locks.ts';
import type { NewFile } from './new-file.ts';
import { readRecord, type StoredRecord } from './stored-file.ts';
import { createFolder, isCode, syncFolder } from './sync-folder.ts';

/** An object held open: it can be read to its end even if it is replaced or deleted meanwhile. */
export interface OpenedObject extends AsyncDisposable {
  readonly record: StoredRecord;
  /** Data begins at 0 and has `record.size` bytes. */
  readonly file: FileHandle;
}

/** Looks at what is there (null: nothing) and throws where the change must not be made. */
export type Condition = (present: StoredRecord | null) => void;

const filesAtOnce = 16;

/**
 * The objects of one bucket. A key's file is named by the key's SHA-256 in 256 folders, so that no key, whatever
 * its characters and length, can leave the folder or clash with another.
 */
export class Bucket {
  readonly name: string;
  readonly created: Date;
  readonly index: KeyIndex;
  readonly #folder: string;
  readonly #locks = new KeyLocks();
  readonly #knownFolders = new Set<string>();
  readonly #onDamaged: (path: string, error: unknown) => void;

  constructor(
    name: string,
    folder: string,
    created: Date,
    onDamaged: (path: string, error: unknown) => void,
  ) {
    this.name = name;
    this.created = created;
    this.#folder = folder;
    this.#onDamaged = onDamaged;
    this.index = new KeyIndex(() => this.#scan());
  }

  /** Opens an object, or returns null where there is none. Dispose of it. */
  async open(key: string): Promise<OpenedObject | null> {
    const file = await openFile(this.#place(key).path);
    if (file === null) return null;
    try {
      return { record: await readRecord(file), file, [Symbol.asyncDispose]: () => file.close() };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** What is known about an object, or null. */
  async find(key: string): Promise<StoredRecord | null> {
    await using object = await this.open(key);
    return object?.record ?? null;
  }

  /**
   * Puts a file, whose data is complete, into the place of `record.key`: whoever reads sees the old object or this
   * one, and when this returns it outlives a power cut.
   */
  async publish(file: NewFile, record: StoredRecord, condition?: Condition): Promise<void> {
    await file.finish(record);
    await this.#locks.run(record.key, async () => {
      if (condition !== undefined) condition(await this.find(record.key));
      const place = this.#place(record.key);
      if (!this.#knownFolders.has(place.folder)) {
        await createFolder(place.folder);
        this.#knownFolders.add(place.folder);
      }
      await rename(file.path, place.path);
      this.index.note(record.key, entryOf(record));
      await syncFolder(place.folder);
    });
  }

  /** Deletes an object; does nothing where there is none. */
  async remove(key: string, condition?: Condition): Promise<void> {
    await this.#locks.run(key, async () => {
      if (condition !== undefined) condition(await this.find(key));
      const place = this.#place(key);
      try {
        await unlink(place.path);
      } catch (error) {
        if (isCode(error, 'ENOENT')) return;
        throw error;
      }
      this.index.note(key, null);
      await syncFolder(place.folder);
    });
  }

  async isEmpty(): Promise<boolean> {
    return (await this.index.keys()).length === 0;
  }

  /** Removes the folder; only for an empty bucket that nobody can reach any more. */
  async removeFolder(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #place(key: string): { folder: string; path: string } {
    const hash = createHash('sha256').update(key).digest('hex');
    const folder = join(this.#folder, hash.slice(0, 2));
    return { folder, path: join(folder, hash.slice(2)) };
  }

  async *#scan(): AsyncGenerator<readonly [key: string, entry: IndexEntry]> {
    for (const shard of await readdir(this.#folder)) {
      const names = await readdir(join(this.#folder, shard));
      for (let from = 0; from < names.length; from += filesAtOnce) {
        const some = names.slice(from, from + filesAtOnce);
        const records = await Promise.all(
          some.map((name) => this.#recordOf(join(this.#folder, shard, name))),
        );
        for (const record of records) if (record !== null) yield [record.key, entryOf(record)];
      }
    }
  }

  async #recordOf(path: string): Promise<StoredRecord | null> {
    const file = await openFile(path);
    if (file === null) return null;
    try {
      return await readRecord(file);
    } catch (error) {
      this.#onDamaged(path, error);
      return null;
    } finally {
      await file.close();
    }
  }
}

function entryOf({ size, etag, modified }: StoredRecord): IndexEntry {
  return { size, etag, modified };
}

async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}
