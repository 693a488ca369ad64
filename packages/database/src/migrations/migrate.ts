import { join, resolve } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import pg from 'pg';
import { MigrationAdapter } from './migration-adapter.ts';
import { openSchemaEngine } from './open-schema-engine.ts';
import { type Migration, migrationList, readMigrations } from './read-migrations.ts';

/** Where the migrations of this project lie. */
const OUR_MIGRATIONS = resolve(import.meta.dirname, '../../../../prisma/migrations');

/** The number of our lock: whoever migrates holds it; Prisma's own one gives up after ten seconds. */
const LOCK = 7_269_108_310;

/** The longest wait (ms) for another process that migrates. */
const PATIENCE = 300_000;

/**
 * Brings a database up to date with the migrations, in Prisma's own format (`_prisma_migrations`), and returns the
 * names of those it applied. Processes that do so at once wait for each other. Each migration is one call: it takes
 * place whole or not at all.
 *
 * @throws CellMixerError DATABASE_UNAVAILABLE; MIGRATION_FAILED where a migration fails, failed at an earlier start,
 * was changed after it was applied, or is not known to this version.
 */
export async function migrate(databaseUrl: string, folder: string = OUR_MIGRATIONS): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect().catch((error: Error) => {
    throw unavailable(databaseUrl, error);
  });
  try {
    await client.query(`SET lock_timeout = ${PATIENCE}`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const applied = await readApplied(client);
    const missing = compare(migrations, applied);
    if (missing.length === 0) return [];
    return await apply(databaseUrl, folder, migrations);
  } finally {
    await client.end();
  }
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
  readonly logs: string | null;
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return [];
  const found = await client.query<Applied>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, logs FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return found.rows;
}

/** The migrations that are still to be applied; throws where database and folder cannot be brought together. */
function compare(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished, logs } of applied) {
    if (!finished) throw failedBefore(name, logs);
    const migration = known.get(name);
    if (migration === undefined) {
      throw failure(`the database has the migration "${name}", which this version does not know`, name, {
        cure: 'Start the version that made it, or a later one; an older version cannot use a newer database.',
      });
    }
    if (migration.checksum !== checksum) {
      throw failure(`the migration "${name}" was changed after it had been applied`, name, {
        cure: 'Put its file back as it was, and make a new migration for the change.',
      });
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(
  databaseUrl: string,
  folder: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const adapter = new MigrationAdapter(databaseUrl);
  const engine = await openSchemaEngine(adapter, []);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(folder, migrations),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const name = /[Mm]igration(?: name: |_name=")([\w-]+)/.exec(words)?.[1] ?? 'unknown';
    throw failure(`the migration "${name}" failed: ${essence(words)}`, name, {
      cure: `Nothing of it was kept. ${afterFailure(name)}`,
      cause: error,
    });
  } finally {
    engine.free();
    await adapter.close();
  }
}

function failedBefore(name: string, logs: string | null): CellMixerError {
  const words = logs === null || logs === '' ? 'it was cut off' : essence(logs);
  return failure(`the migration "${name}" failed at an earlier start: ${words}`, name, {
    cure: afterFailure(name),
  });
}

/** The engine's words without the list of its own functions. */
const essence = (words: string) =>
  (words.split(/\n\s*0: /)[0] ?? words).replace(/^external connector error\n/, '').trim();

const afterFailure = (name: string) =>
  `Put right what its words name (see ${join('prisma', 'migrations', name)}), ` +
  `run \`npx prisma migrate resolve --rolled-back ${name}\` with DATABASE_URL set, and start again.`;

function failure(
  message: string,
  subject: string,
  details: { cure: string; cause?: unknown },
): CellMixerError {
  return new CellMixerError('MIGRATION_FAILED', message, { subject, ...details });
}

function unavailable(databaseUrl: string, error: Error): CellMixerError {
  const { host, pathname } = new URL(databaseUrl);
  return new CellMixerError(
    'DATABASE_UNAVAILABLE',
    `the database ${host}${pathname} cannot be used: ${error.message}`,
    {
      subject: host,
      cure: 'See that PostgreSQL runs there and that DATABASE_URL names its user, password and database.',
      cause: error,
    },
  );
}
