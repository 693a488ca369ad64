import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@cellmixer/local-server';
import { type Database, openDatabase } from '../client.ts';
import { migrate } from '../migrations/migrate.ts';

/** A database of a test's own, with every table and no row. */
export interface MigratedDatabase extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
}

/** Starts one in a folder for the time being, which goes with it. */
export async function openMigrated(): Promise<MigratedDatabase> {
  // What was opened is closed again, also where a later step fails.
  await using opening = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'cm-database-'));
  opening.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ folder });
  opening.defer(() => postgres.stop());
  await migrate(postgres.url);
  const database = openDatabase(postgres.url);
  opening.defer(() => database.$disconnect());
  const opened = opening.move();
  return { url: postgres.url, database, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
