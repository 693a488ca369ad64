import { incomingKey } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';

/** Gives back the room of tickets that were not used in time, and removes what was sent on them. */
export async function releaseUploads(
  { database, storage }: Pick<Parts, 'database' | 'storage'>,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const expired = await database.upload.findMany({
    where: { status: 'OPEN', expiresAt: { lt: now } },
    include: { dataset: { include: { project: { select: { organizationId: true } } } } },
    orderBy: { expiresAt: 'asc' },
  });
  for (const { id, sizeBytes, multipartId, dataset } of expired) {
    signal.throwIfAborted();
    const { organizationId } = dataset.project;
    const key = incomingKey(organizationId, id);
    const released = await database.$transaction(async (tx) => {
      const { count } = await tx.upload.updateMany({
        where: { id, status: 'OPEN' },
        data: { status: 'ABORTED' },
      });
      if (count === 0) return false;
      await tx.$executeRaw`
        UPDATE "Organization" SET "usedBytes" = GREATEST(0, "usedBytes" - ${sizeBytes}) WHERE id = ${organizationId}::uuid`;
      await tx.discardedObject.createMany({ data: { key }, skipDuplicates: true });
      return true;
    });
    if (released && multipartId !== null)
      await storage.abortMultipart({ key, uploadId: multipartId }).catch(() => {});
  }
}
