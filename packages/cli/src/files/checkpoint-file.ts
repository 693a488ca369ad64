import { readFile } from 'node:fs/promises';
import type { CheckpointStore } from '@cellmixer/cellmixer';
import { codeOf, writeAtomically } from './atomic-write.ts';

/** A checkpoint in one file. */
export function checkpointFile(path: string): CheckpointStore {
  return {
    async load() {
      try {
        return await readFile(path);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    save: (bytes) => writeAtomically(path, bytes),
  };
}
