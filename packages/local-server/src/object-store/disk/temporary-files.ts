import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files and folders that nobody sees until they are renamed into their place. */
export class TemporaryFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Empties the folder: what a dead process left. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }

  newPath(): string {
    return join(this.folder, randomUUID());
  }

  /**
   * Gives `work` a new file and its path. Whatever is still at that path afterwards is removed, so that `work`
   * publishes by renaming.
   */
  async use<Result>(work: (file: FileHandle, path: string) => Promise<Result>): Promise<Result> {
    const path = this.newPath();
    try {
      await using file = await open(path, 'wx+', 0o600);
      return await work(file, path);
    } finally {
      await rm(path, { force: true });
    }
  }
}
