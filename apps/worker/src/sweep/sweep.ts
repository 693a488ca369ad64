import { type Handler, succeed } from '@cellmixer/jobs';
import type { Parts } from '../parts.ts';
import { forgetExpired } from './forget-expired.ts';
import { purgeTrash } from './purge-trash.ts';
import { releaseUploads } from './release-uploads.ts';
import { removeDiscarded } from './remove-discarded.ts';
import { removeOrphans } from './remove-orphans.ts';

type SweepParts = Pick<Parts, 'database' | 'storage'>;

/** Removes what nobody needs any more; docs/operators/retention.md tables it. */
export function sweep(
  { database, storage }: SweepParts,
  clock: () => Date = () => new Date(),
): Handler<'SWEEP'> {
  return async ({ orphans }, { job, signal }) => {
    const now = clock();
    await purgeTrash(database, now, signal);
    await releaseUploads({ database, storage }, now, signal);
    await forgetExpired(database, now);
    if (orphans) await removeOrphans({ database, storage }, now, signal);
    await removeDiscarded({ database, storage }, signal);
    await succeed(database, job, async () => {});
  };
}
