import type { Database } from '@cellmixer/database';
import { daysBefore } from './days-before.ts';

/** Idempotency keys older than a day, and files of results whose time is over. */
export async function forgetExpired(database: Database, now: Date): Promise<void> {
  await database.idempotencyKey.deleteMany({ where: { createdAt: { lt: daysBefore(now, 1) } } });
  await database.$executeRaw`
    WITH gone AS (SELECT id, "objectKey" AS key FROM "Export" WHERE "expiresAt" < ${now} AND "objectKey" IS NOT NULL),
    emptied AS (UPDATE "Export" SET "objectKey" = NULL WHERE id IN (SELECT id FROM gone))
    INSERT INTO "DiscardedObject" (key) SELECT key FROM gone ON CONFLICT DO NOTHING`;
}
