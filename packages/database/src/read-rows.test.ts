import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from './client.ts';
import { Prisma } from './generated/client.ts';
import { readRows } from './read-rows.ts';
import { type MigratedDatabase, openMigrated } from './testing/open-migrated.ts';

let opened: MigratedDatabase;
let database: Database;

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
  await database.$executeRaw`CREATE TYPE "Mood" AS ENUM ('GOOD', 'BAD')`;
  await database.$executeRaw`CREATE TABLE "Thing" (id uuid, big bigint, day date, at timestamptz(3), moods "Mood"[],
    mood "Mood", words text[], json jsonb, note text, share float8, count int, yes boolean)`;
  await database.$executeRaw`INSERT INTO "Thing" VALUES ('01a20524-0f2b-73af-9aa7-565e4ce9f562', 9007199254740993,
    '2026-11-22', '2026-11-22 21:49:23.381Z', '{GOOD,BAD}', 'BAD', '{"a b",NULL,c}', '{"a": [1]}', 'µm', 0.1, 7, true)`;
}, 120_000);
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

async function repeat(times: number, what: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await what();
}

describe('reading rows', () => {
  it('knows every type that a column of ours has', async () => {
    const typesOf = (where: string) =>
      database.$queryRawUnsafe<{ type: string }[]>(`SELECT DISTINCT
        CASE WHEN udt_name ~ '[A-Z]' THEN data_type ELSE udt_name::text END AS type
        FROM information_schema.columns WHERE table_schema = 'public' AND ${where}`);
    const known = (await typesOf(`table_name = 'Thing'`)).map(({ type }) => type);
    const ours = (await typesOf(`table_name NOT IN ('Thing', '_prisma_migrations')`)).map(({ type }) => type);
    expect(ours.filter((type) => !known.includes(type))).toEqual([]);
  });

  it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('gives values as Prisma does, in %s', async (zone) => {
    await database.$executeRawUnsafe(`ALTER ROLE CURRENT_USER SET timezone = '${zone}'`);
    const other = openDatabase(opened.url);
    const [row] = await readRows<Record<string, unknown>>(
      other,
      Prisma.sql`SELECT * FROM "Thing" WHERE share < ${1}`,
    );
    const [expected] = await other.$queryRaw<Record<string, unknown>[]>`SELECT * FROM "Thing"`;
    expect(row).toEqual({ ...expected, moods: ['GOOD', 'BAD'] });
    expect(row).toMatchObject({ at: new Date('2026-11-22T21:49:23.381Z'), big: 9007199254740993n });
    await other.$disconnect();
  });

  it('goes on where a table gets another column', async () => {
    const read = () => readRows<Record<string, unknown>>(database, Prisma.sql`SELECT * FROM "Thing"`);
    await repeat(10, read);
    await database.$executeRaw`ALTER TABLE "Thing" ADD COLUMN more int DEFAULT 5`;
    expect(await read()).toMatchObject([{ more: 5 }]);
  });

  it('goes on after the database has ended its connections, whoever has used them', async () => {
    const other = openDatabase(opened.url, { maxConnections: 1 });
    const pid = async () => {
      const [row] = await readRows<{ pid: number }>(other, Prisma.sql`SELECT pg_backend_pid() AS pid`);
      return row?.pid;
    };
    const first = await pid();
    await database.$queryRaw`SELECT pg_terminate_backend(${first}::int)`;
    await vi.waitFor(async () => expect(await pid()).not.toBe(first), { timeout: 60_000, interval: 100 });
    await other.$disconnect();
  });

  it('says so where the database is away or ends a connection on the way', async () => {
    const slow = expect(
      readRows(database, Prisma.sql`SELECT pg_sleep(${600}) IS NULL AS never`),
    ).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', cure: expect.any(String) });
    const ended = () => database.$queryRaw<{ done: boolean }[]>`SELECT pg_terminate_backend(pid) AS done
      FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(%' AND pid <> pg_backend_pid()`;
    await vi.waitFor(async () => expect(await ended()).toEqual([{ done: true }]), { timeout: 60_000 });
    await slow;
    const nobody = openDatabase('postgresql://postgres@127.0.0.1:1/nothing');
    await expect(readRows(nobody, Prisma.sql`SELECT 1 AS one`)).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await nobody.$disconnect();
  });

  it('says what a statement broke on as the driver says it', async () => {
    const read = readRows(database, Prisma.sql`SELECT * FROM "Thing" WHERE words[1] = ${'a\0b'}`);
    await expect(read).rejects.toMatchObject({ code: '22021', severity: 'ERROR' });
  });

  it('holds no connection after the client is closed, whether or not Prisma has read', async () => {
    const name = 'cellmixer-closing';
    const other = openDatabase(`${opened.url}?application_name=${name}`);
    await readRows(other, Prisma.sql`SELECT 1 AS one`);
    await other.$disconnect();
    const held = () =>
      database.$queryRaw<unknown[]>`SELECT pid FROM pg_stat_activity WHERE application_name = ${name}`;
    await vi.waitFor(async () => expect(await held()).toEqual([]), { timeout: 5_000, interval: 100 });
  });
});
