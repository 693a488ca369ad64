import { randomUUID } from 'node:crypto';
import { type Database, Prisma } from '@cellmixer/database';
import { objectKinds } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';
import { daysBefore } from './days-before.ts';

/** Days after which an object that no row points to is nobody's. */
const ORPHAN_DAYS = 7;
const BATCH = 5000;
/** Hold JSON about the past, or none of ours. */
const NOT_POINTING = ['AuditEvent', 'Job', 'IdempotencyKey', 'DiscardedObject', 'SweepCandidate'];

/**
 * Lets go of every object older than a week that no row points to: what dead attempts have left, and uploads that
 * were never completed. A column that holds the key of an object has a name that ends with “Key”; keys within JSON
 * are found by what they look like. Objects of other kinds than ours are left alone.
 */
export async function removeOrphans(
  { database, storage }: Pick<Parts, 'database' | 'storage'>,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  // A sweep that was taken over from a worker that is thought dead works on candidates of its own.
  const sweepId = randomUUID();
  await database.sweepCandidate.deleteMany();
  const before = daysBefore(now, ORPHAN_DAYS);
  let batch: string[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    await database.$executeRaw`
      INSERT INTO "SweepCandidate" ("sweepId", key) SELECT ${sweepId}::uuid, unnest(${batch}::text[]) ON CONFLICT DO NOTHING`;
    batch = [];
  };
  for (const kind of objectKinds) {
    for await (const { key, modified } of storage.listKind(kind)) {
      if (modified < before) batch.push(key);
      if (batch.length === BATCH) await flush();
    }
  }
  await flush();
  await spare(database, sweepId);
  await database.$executeRaw`
    WITH gone AS (DELETE FROM "SweepCandidate" WHERE "sweepId" = ${sweepId}::uuid RETURNING key)
    INSERT INTO "DiscardedObject" (key) SELECT key FROM gone ON CONFLICT DO NOTHING`;
}

/** Takes out of the candidates what is needed. */
async function spare(database: Database, sweepId: string): Promise<void> {
  for (const { table, column, json } of await pointingColumns(database)) {
    const keys = json
      ? Prisma.sql`SELECT (regexp_matches(t.${column}::text, ${`"((?:${objectKinds.join('|')})/[^"]+)"`}, 'g'))[1] AS key FROM ${table} t`
      : Prisma.sql`SELECT t.${column} AS key FROM ${table} t WHERE t.${column} IS NOT NULL`;
    await database.$executeRaw(Prisma.sql`
      DELETE FROM "SweepCandidate" c USING (${keys}) pointed WHERE c."sweepId" = ${sweepId}::uuid AND pointed.key = c.key`);
  }
  // What a worker is making now will be pointed to when its job ends.
  await database.$executeRaw`
    DELETE FROM "SweepCandidate" c USING "Job" j
    WHERE c."sweepId" = ${sweepId}::uuid AND j.status IN ('QUEUED', 'RUNNING', 'CANCELLING') AND c.key LIKE 'attempts/' || j.id || '/%'`;
  // Tickets that can be used still, and uploads whose reading has not ended.
  await database.$executeRaw`
    DELETE FROM "SweepCandidate" c USING "Upload" u
    WHERE c."sweepId" = ${sweepId}::uuid AND u.status <> 'ABORTED' AND u."errorCode" IS NULL AND c.key LIKE 'incoming/%/' || u.id
      AND NOT EXISTS (SELECT 1 FROM "Image" i WHERE i."uploadId" = u.id AND i.status = 'READY')
      AND NOT EXISTS (SELECT 1 FROM "Annotation" a WHERE a."uploadId" = u.id)`;
  // A model's folder goes as a whole.
  await database.$executeRaw`
    DELETE FROM "SweepCandidate" c USING "ModelVersion" v
    WHERE c."sweepId" = ${sweepId}::uuid AND c.key LIKE 'models/%' AND regexp_replace(c.key, '[^/]+$', '') = regexp_replace(v."objectKey", '[^/]+$', '')`;
}

interface Column {
  readonly table: Prisma.Sql;
  readonly column: Prisma.Sql;
  readonly json: boolean;
}

async function pointingColumns(database: Database): Promise<Column[]> {
  const rows = await database.$queryRaw<{ table: string; column: string; json: boolean }[]>`
    SELECT table_name AS table, column_name AS column, data_type = 'jsonb' AS json
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name <> ALL(${NOT_POINTING}::text[])
      AND (data_type = 'jsonb' OR (data_type = 'text' AND column_name LIKE '%Key'))
    ORDER BY 1, 2`;
  return rows.map(({ table, column, json }) => ({
    table: Prisma.raw(`"${table}"`),
    column: Prisma.raw(`"${column}"`),
    json,
  }));
}
