import type { Transaction } from '@cellmixer/database';
import { enqueue, type JobOwner } from './enqueue.ts';
import type { Queue } from './queue.ts';

/**
 * Has the cells found of those of the pictures that can be read, show one line alone, and have no mask yet that was
 * made with the parameters of now. What waits already is not queued twice.
 *
 * @param retuned the parameters have just changed: what is being found now is out of date
 * @returns how many were queued
 */
export async function queueForegrounds(
  tx: Transaction,
  queue: Queue,
  owner: JobOwner,
  imageIds: readonly string[],
  { retuned = false }: { readonly retuned?: boolean } = {},
): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT i.id::text AS id FROM "Image" i JOIN "Dataset" d ON d.id = i."datasetId"
    JOIN "Sample" s ON s.id = i."sampleId" AND s."deletedAt" IS NULL
    WHERE i.id = ANY(${[...new Set(imageIds)]}::uuid[]) AND i.status = 'READY' AND i."deletedAt" IS NULL
      AND (SELECT count(*) FROM "SampleLine" l WHERE l."sampleId" = s.id) = 1
      AND COALESCE(i."foregroundParameters", d."foregroundParameters") IS DISTINCT FROM (
        SELECT f.asked FROM "Foreground" f WHERE f."imageId" = i.id ORDER BY f.revision DESC LIMIT 1)
      AND NOT EXISTS (SELECT 1 FROM "Job" j WHERE j."subjectId" = i.id AND j.kind = 'FOREGROUND'
        AND (j.status = 'QUEUED' OR (j.status = 'RUNNING' AND NOT ${retuned})))
    ORDER BY i.id`;
  const jobs = rows.map(({ id }) => ({
    kind: 'FOREGROUND' as const,
    subjectId: id,
    payload: { imageId: id },
  }));
  await enqueue(tx, queue, owner, jobs);
  return jobs.length;
}
