import type { Transaction } from '@cellmixer/database';
import { enqueue, type JobOwner, type Queue } from '@cellmixer/jobs';

/**
 * Puts segmentations in the queue that are neither done nor in it, those that failed or were cancelled once more.
 *
 * @returns how many
 */
export async function queueSegmentations(
  tx: Transaction,
  queue: Queue,
  owner: JobOwner,
  segmentationIds: readonly string[],
): Promise<number> {
  const open = await tx.segmentation.findMany({
    where: { id: { in: [...segmentationIds] }, status: { not: 'SUCCEEDED' } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const ids = open.map((row) => row.id);
  await tx.segmentation.updateMany({
    where: { id: { in: ids }, status: { in: ['FAILED', 'CANCELLED'] } },
    data: { status: 'QUEUED', errorCode: null, errorMessage: null, errorCure: null, finishedAt: null },
  });
  const jobs = await tx.job.findMany({
    where: { kind: 'SEGMENT', subjectId: { in: ids }, status: { in: ['QUEUED', 'RUNNING'] } },
    select: { subjectId: true },
  });
  const busy = new Set(jobs.map((job) => job.subjectId));
  const todo = ids.filter((id) => !busy.has(id));
  await enqueue(
    tx,
    queue,
    owner,
    todo.map((id) => ({ kind: 'SEGMENT' as const, subjectId: id, payload: { segmentationId: id } })),
  );
  return todo.length;
}
