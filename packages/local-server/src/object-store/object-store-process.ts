import { join } from 'node:path';

/**
 * How to start the object store as a process: its file, and flags for Node. The small young generation keeps memory
 * flat: bodies pass in buffers of 64 KiB, and a usual one lets some 70 MB of spent ones pile up.
 */
export const objectStoreProcess = {
  file: join(import.meta.dirname, 'main.ts'),
  nodeFlags: ['--max-semi-space-size=1'],
} as const;
