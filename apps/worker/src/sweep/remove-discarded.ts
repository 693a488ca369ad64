import { objectKey } from '@cellmixer/storage';
import pLimit from 'p-limit';
import type { Parts } from '../parts.ts';

const BATCH = 500;

/** Deletes the objects that rows have let go of. What breaks off here goes on with the next sweep. */
export async function removeDiscarded(
  { database, storage }: Pick<Parts, 'database' | 'storage'>,
  signal: AbortSignal,
): Promise<void> {
  const limit = pLimit(8);
  for (;;) {
    signal.throwIfAborted();
    const rows = await database.discardedObject.findMany({ take: BATCH, orderBy: { createdAt: 'asc' } });
    if (rows.length === 0) return;
    await Promise.all(rows.map(({ key }) => limit(() => storage.delete(objectKey(key)))));
    await database.discardedObject.deleteMany({ where: { key: { in: rows.map((row) => row.key) } } });
  }
}
