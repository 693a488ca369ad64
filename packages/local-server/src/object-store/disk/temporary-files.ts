import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NewFile } from './new-file.ts';

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
   * Gives `work` a new file, which it publishes by renaming. Where `work` fails, whatever is still at its path is
   * removed.
   */
  async use<Result>(work: (file: NewFile) => Promise<Result>): Promise<Result> {
    const path = this.newPath();
    await using file = await open(path, 'wx', 0o600);
    try {
      return await work(new NewFile(file, path));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}
