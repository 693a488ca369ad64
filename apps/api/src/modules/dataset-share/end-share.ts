import { type DatasetShare, discardBorrowedPixels, type Transaction } from '@cellmixer/database';
import { lockJobsOn, type Queue, queueSweep, withdrawInputs } from '@cellmixer/jobs';

/**
 * Ends a share in one transaction: reads and unfinished work stop, and what the borrower holds of the pictures goes.
 *
 * @returns false where it had ended before
 */
export async function endShare(
  tx: Transaction,
  queue: Queue,
  { id, datasetId, projectId }: DatasetShare,
  status: 'REVOKED' | 'DECLINED',
): Promise<boolean> {
  await lockJobsOn(tx, { datasetId, projectId });
  // Then: work that is being published at this moment holds the row, and is seen by what follows.
  const { count } = await tx.datasetShare.updateMany({
    where: { id, status: { in: ['OFFERED', 'ACCEPTED'] } },
    data: { status, revokedAt: new Date() },
  });
  if (count === 0) return false;
  await withdrawInputs(tx, { datasetId, projectId });
  await discardBorrowedPixels(tx, { datasetId, projectId });
  await queueSweep(tx, queue, { orphans: false });
  return true;
}
