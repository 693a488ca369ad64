import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './client.ts';
import { Prisma } from './generated/client.ts';
import { readRows } from './read-rows.ts';
import { type MigratedDatabase, openMigrated } from './testing/open-migrated.ts';

let opened: MigratedDatabase;
let database: Database;

beforeAll(async () => {
  opened = await openMigrated();
  database = openDatabase(opened.url, { maxConnections: 1 });
}, 120_000);
afterAll(async () => {
  await database?.$disconnect();
  await opened?.[Symbol.asyncDispose]();
});

async function ask(mine: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await readRows(database, Prisma.raw(`SELECT ${mine} AS mine`));
}

/** How many statements the one connection keeps prepared, of those that select `mine`. */
async function prepared(mine: number | '%'): Promise<number | undefined> {
  const sql = Prisma.sql`SELECT count(*)::int AS found FROM pg_prepared_statements WHERE statement LIKE ${`SELECT ${mine} AS mine`}`;
  return (await readRows<{ found: number }>(database, sql))[0]?.found;
}

async function pid(): Promise<number | undefined> {
  const [row] = await readRows<{ pid: number }>(database, Prisma.sql`SELECT pg_backend_pid() AS pid`);
  return row?.pid;
}

describe('statements that are kept prepared', () => {
  it('are those that are asked for again and again, and those alone', async () => {
    await ask(17, 9);
    expect(await prepared(17)).toBe(0);
    await ask(17);
    expect(await prepared(17)).toBe(1);
    for (let i = 1000; i < 1600; i++) await ask(i);
    expect(await prepared('%')).toBe(1);
  });

  it('are never full: what is new finds a place, what is in use keeps its own, and a connection ends before it holds too many', async () => {
    const [before, most] = [await pid(), { held: 0 }];
    for (let i = 2000; i < 3100; i++) {
      await ask(i, 10);
      await ask(17);
      most.held = Math.max(most.held, (await prepared('%')) ?? 0);
    }
    expect(most.held).toBeGreaterThan(900);
    expect(most.held).toBeLessThanOrEqual(1000);
    expect(await pid()).not.toBe(before);
    expect(await prepared(3099)).toBe(1);
    expect(await prepared(17)).toBe(1);
  }, 120_000);
});
