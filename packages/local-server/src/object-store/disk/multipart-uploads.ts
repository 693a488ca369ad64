import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { S3Error } from '../protocol/s3-error.ts';
import { KeyLocks } from './key-locks.ts';
import { compareKeys } from './key-order.ts';
import type { NewFile } from './new-file.ts';
import { readRecord, type StoredRecord } from './stored-file.ts';
import { isCode, syncFolder } from './sync-folder.ts';
import type { TemporaryFiles } from './temporary-files.ts';

const uploadRecord = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Milliseconds since 1970. */
  started: z.number(),
  /** Headers that the finished object will have. */
  headers: z.record(z.string(), z.string()),
});

export type UploadRecord = z.infer<typeof uploadRecord>;
export type Upload = UploadRecord & { readonly id: string };

/** A part that has arrived whole. */
export interface UploadedPart {
  readonly number: number;
  readonly path: string;
  readonly record: StoredRecord;
}

/** Unfinished multipart uploads: a folder each, with `upload.json` and one stored file per part. */
export class MultipartUploads {
  readonly #folder: string;
  readonly #temporary: TemporaryFiles;
  readonly #locks = new KeyLocks();

  constructor(folder: string, temporary: TemporaryFiles) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  async begin(record: UploadRecord): Promise<string> {
    const id = randomUUID().replaceAll('-', '');
    const path = this.#temporary.newPath();
    await mkdir(path, { mode: 0o700 });
    {
      await using file = await open(join(path, 'upload.json'), 'wx', 0o600);
      await file.writeFile(JSON.stringify(record));
      await file.sync();
    }
    await syncFolder(path);
    await rename(path, this.#pathOf(id));
    await syncFolder(this.#folder);
    return id;
  }

  /** Throws NoSuchUpload where there is none of that id for that key. */
  async find(bucket: string, key: string, id: string): Promise<Upload> {
    const upload = await this.#read(id);
    if (upload === null || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload();
    return upload;
  }

  /** Holds an upload while `work` uses its parts; others that want it wait. Throws NoSuchUpload. */
  async hold<Result>(upload: Upload, work: () => Promise<Result>): Promise<Result> {
    return await this.#locks.run(upload.id, async () => {
      if ((await this.#read(upload.id)) === null) throw noSuchUpload();
      return await work();
    });
  }

  /** Makes a complete temporary file a part; a part of the same number is replaced. */
  async addPart(upload: Upload, number: number, file: NewFile, record: StoredRecord): Promise<void> {
    await file.finish(record);
    await this.hold(upload, async () => {
      await rename(file.path, join(this.#pathOf(upload.id), partName(number)));
      await syncFolder(this.#pathOf(upload.id));
    });
  }

  /** The parts that are there, by number. */
  async parts(upload: Upload): Promise<UploadedPart[]> {
    const folder = this.#pathOf(upload.id);
    const names = (await readdir(folder)).filter((name) => name.startsWith('part-')).sort();
    const parts: UploadedPart[] = [];
    for (const name of names) {
      const path = join(folder, name);
      await using file = await open(path, 'r');
      parts.push({ number: Number(name.slice('part-'.length)), path, record: await readRecord(file) });
    }
    return parts;
  }

  /** Forgets an upload with all of its parts. */
  async remove(upload: Upload): Promise<void> {
    const away = this.#temporary.newPath();
    await rename(this.#pathOf(upload.id), away);
    await syncFolder(this.#folder);
    await rm(away, { recursive: true, force: true });
  }

  /** The uploads of a bucket by key, then by start. */
  async list(bucket: string): Promise<Upload[]> {
    const uploads = await this.#all();
    return uploads
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => compareKeys(a.key, b.key) || a.started - b.started || compareKeys(a.id, b.id));
  }

  /** Removes uploads whose folder has not changed since `before` (milliseconds since 1970); says how many. */
  async removeStale(before: number): Promise<number> {
    let removed = 0;
    for (const upload of await this.#all()) {
      try {
        const { mtimeMs } = await stat(this.#pathOf(upload.id));
        if (mtimeMs >= before) continue;
        await this.hold(upload, () => this.remove(upload));
        removed += 1;
      } catch (error) {
        // Somebody has just completed or aborted it.
        if (!isCode(error, 'ENOENT', 'NoSuchUpload')) throw error;
      }
    }
    return removed;
  }

  async #all(): Promise<Upload[]> {
    const uploads = await Promise.all((await readdir(this.#folder)).map((id) => this.#read(id)));
    return uploads.filter((upload) => upload !== null);
  }

  async #read(id: string): Promise<Upload | null> {
    if (!/^[0-9a-f]{32}$/.test(id)) return null;
    try {
      const text = await readFile(join(this.#pathOf(id), 'upload.json'), 'utf8');
      return { ...uploadRecord.parse(JSON.parse(text)), id };
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  #pathOf(id: string): string {
    return join(this.#folder, id);
  }
}

function partName(number: number): string {
  return `part-${String(number).padStart(5, '0')}`;
}

function noSuchUpload(): S3Error {
  return new S3Error(
    'NoSuchUpload',
    'There is no such upload: it was completed, aborted, or is another key’s',
  );
}
