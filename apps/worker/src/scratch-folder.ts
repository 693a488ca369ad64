import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parts } from './parts.ts';

/** Runs `work` with an empty folder that is gone afterwards, however `work` ends. */
export async function withFolder<Result>(
  { scratch }: Pick<Parts, 'scratch'>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(scratch, 'job-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
