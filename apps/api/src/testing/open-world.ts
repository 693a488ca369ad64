import type { Database } from '@cellmixer/database';
import { openMigrated } from '@cellmixer/database/testing';
import { makeWorld, type World } from './world.ts';

/** The world of two labs in a database of its own, which goes with it. */
export interface OpenWorld extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly world: World;
}

export async function openWorld(): Promise<OpenWorld> {
  // What was opened is closed again, also where the world cannot be made.
  await using opening = new AsyncDisposableStack();
  const { url: databaseUrl, database } = opening.use(await openMigrated());
  const world = await makeWorld(database);
  const opened = opening.move();
  return { databaseUrl, database, world, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
