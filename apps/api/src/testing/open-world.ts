import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@cellmixer/database';
import { migrate } from '@cellmixer/database/migrations';
import { startPostgres } from '@cellmixer/local-server';
import { makeWorld, type World } from './world.ts';

/** The world of two labs in a database of its own, which goes with it. */
export interface OpenWorld extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly world: World;
}

export async function openWorld(): Promise<OpenWorld> {
  // What was opened is closed again, also where a later step fails.
  await using opening = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'cm-world-'));
  opening.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ folder });
  opening.defer(() => postgres.stop());
  await migrate(postgres.url);
  const database = openDatabase(postgres.url);
  opening.defer(() => database.$disconnect());
  const world = await makeWorld(database);
  const opened = opening.move();
  return {
    databaseUrl: postgres.url,
    database,
    world,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
