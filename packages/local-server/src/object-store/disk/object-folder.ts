import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../protocol/s3-error.ts';
import { Bucket } from './bucket.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { createFolder, syncFolder } from './sync-folder.ts';
import { TemporaryFiles } from './temporary-files.ts';

/**
 * Everything that the server keeps: `buckets/<name>/<2 hex>/<62 hex>`, `uploads/<id>/` for unfinished multipart
 * uploads, `temporary/` for what nobody sees yet. One process at a time works on a folder.
 */
export class ObjectFolder {
  readonly temporary: TemporaryFiles;
  readonly uploads: MultipartUploads;
  readonly #bucketsFolder: string;
  readonly #buckets = new Map<string, Bucket>();
  readonly #onDamaged: (path: string, error: unknown) => void;

  private constructor(folder: string, onDamaged: (path: string, error: unknown) => void) {
    this.#bucketsFolder = join(folder, 'buckets');
    this.temporary = new TemporaryFiles(join(folder, 'temporary'));
    this.uploads = new MultipartUploads(join(folder, 'uploads'), this.temporary);
    this.#onDamaged = onDamaged;
  }

  /** Opens a folder, or makes it; clears what a process that died left in `temporary/`. */
  static async open(
    folder: string,
    onDamaged: (path: string, error: unknown) => void,
  ): Promise<ObjectFolder> {
    const opened = new ObjectFolder(folder, onDamaged);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createFolder(opened.#bucketsFolder);
    await createFolder(join(folder, 'uploads'));
    await opened.temporary.clear();
    for (const name of await readdir(opened.#bucketsFolder)) await opened.#addBucket(name);
    return opened;
  }

  /** In the order of their names. */
  buckets(): readonly Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Throws NoSuchBucket. */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', `There is no bucket "${name}"`);
    return bucket;
  }

  /** Does nothing where the bucket exists. Throws InvalidBucketName. */
  async createBucket(name: string): Promise<void> {
    checkBucketName(name);
    if (this.#buckets.has(name)) return;
    await createFolder(join(this.#bucketsFolder, name));
    if (!this.#buckets.has(name)) await this.#addBucket(name);
  }

  /** Throws NoSuchBucket and BucketNotEmpty. */
  async removeBucket(name: string): Promise<void> {
    const bucket = this.bucket(name);
    if (!(await bucket.isEmpty()) || (await this.uploads.list(name)).length > 0) {
      throw new S3Error('BucketNotEmpty', `The bucket "${name}" still holds objects or unfinished uploads`);
    }
    this.#buckets.delete(name);
    const away = this.temporary.newPath();
    await rename(join(this.#bucketsFolder, name), away);
    await syncFolder(this.#bucketsFolder);
    await new Bucket(name, away, bucket.created, this.#onDamaged).removeFolder();
  }

  async #addBucket(name: string): Promise<void> {
    const folder = join(this.#bucketsFolder, name);
    const { birthtime } = await stat(folder);
    this.#buckets.set(name, new Bucket(name, folder, birthtime, this.#onDamaged));
  }
}

/** Names that answer for the server's health, not for a bucket. */
export const healthPaths: readonly string[] = ['/healthz', '/readyz'];

function checkBucketName(name: string): void {
  const dotted = name.includes('..') || /^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || dotted || healthPaths.includes(`/${name}`)) {
    throw new S3Error(
      'InvalidBucketName',
      `"${name}" cannot name a bucket: 3 to 63 small letters, digits, dots and hyphens`,
    );
  }
}
