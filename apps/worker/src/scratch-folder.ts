import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parts } from './parts.ts';

/** Runs `work` with an empty folder that is gone afterwards, however `work` ends. */
export async function withFolder<Result>(
  { scratch }: Pick<Parts, 'scratch'>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  return withFolderOnDemand({ scratch }, async (folder) => work(await folder()));
}

/** As `withFolder`, for work that seldom needs one: it is made when it is first asked for. */
export async function withFolderOnDemand<Result>(
  { scratch }: Pick<Parts, 'scratch'>,
  work: (folder: () => Promise<string>) => Promise<Result>,
): Promise<Result> {
  let made: Promise<string> | undefined;
  try {
    return await work(() => {
      made ??= mkdtemp(join(scratch, 'job-'));
      return made;
    });
  } finally {
    if (made !== undefined) await rm(await made, { recursive: true, force: true });
  }
}
