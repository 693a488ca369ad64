import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RunningPostgres, startPostgres } from '@cellmixer/local-server';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';

const root = resolve(import.meta.dirname, '../../../..');
const temporary = mkdtempSync(join(tmpdir(), 'cm-migrate-'));
const folder = join(temporary, 'migrations');
let postgres: RunningPostgres;
let url = '';
let count = 0;

async function ask(sql: string, where = url): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function write(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
}

/** Runs a command to its end, a contributor's way; DATABASE_URL is the test's database. */
function run(command: string, argv: string[], cwd: string): Promise<{ code: number | null; words: string }> {
  return new Promise((done) => {
    const child = spawn(command, argv, { cwd, env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' } });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        words += part.toString();
      });
    }
    child.on('close', (code) => done({ code, words }));
  });
}

beforeAll(async () => {
  postgres = await startPostgres({ folder: join(temporary, 'postgres') });
});
afterAll(async () => {
  await postgres.stop();

  rmSync(temporary, { recursive: true, force: true });
});
beforeEach(async () => {
  count += 1;
  await ask(`CREATE DATABASE test_${count}`, postgres.url);
  const fresh = new URL(postgres.url);
  fresh.pathname = `/test_${count}`;
  url = fresh.href;
  rmSync(folder, { recursive: true, force: true });
  write('20260101000000_cells', 'CREATE TABLE "Cell" (id int PRIMARY KEY);\n');
});

describe('migrate', () => {
  it('applies what is missing, once, and says what', async () => {
    expect(await migrate(url, folder)).toEqual(['20260101000000_cells']);
    expect(await migrate(url, folder)).toEqual([]);
    write('20260102000000_lines', 'CREATE TABLE "Line" (id int PRIMARY KEY);\n');
    expect(await migrate(url, folder)).toEqual(['20260102000000_lines']);
    expect(
      await ask('SELECT count(*)::int AS rows FROM _prisma_migrations WHERE finished_at IS NOT NULL'),
    ).toEqual([{ rows: 2 }]);
  });

  it('needs no migrations at all', async () => {
    expect(await migrate(url, join(temporary, 'none'))).toEqual([]);
  });

  it('keeps bodies with semicolons whole', async () => {
    write(
      '20260103000000_body',
      `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END; $$;\n`,
    );
    await migrate(url, folder);
    expect(await ask('SELECT twice(21) AS answer')).toEqual([{ answer: 42 }]);
  });

  it('lets four at once end well and applies each migration once', async () => {
    write('20260102000000_slow', 'SELECT pg_sleep(0.5); CREATE TABLE "Line" (id int PRIMARY KEY);\n');
    const ends = await Promise.all(Array.from({ length: 4 }, () => migrate(url, folder)));
    expect(ends.flat().sort()).toEqual(['20260101000000_cells', '20260102000000_slow']);
    expect(await ask('SELECT count(*)::int AS rows FROM _prisma_migrations')).toEqual([{ rows: 2 }]);
  });

  it('keeps nothing of a failed migration, names it, and says at the next start what to do', async () => {
    write('20260102000000_broken', 'CREATE TABLE "Half" (id int);\nCREATE TABLE "Other" (id nonsense);\n');
    await expect(migrate(url, folder)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      subject: '20260102000000_broken',
      message: expect.stringContaining('type "nonsense" does not exist'),
    });
    expect(
      await ask(`SELECT to_regclass('"Half"')::text AS half, to_regclass('"Cell"')::text AS cell`),
    ).toEqual([{ half: null, cell: '"Cell"' }]);
    await expect(migrate(url, folder)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('failed at an earlier start'),
      cure: expect.stringContaining('prisma migrate resolve --rolled-back 20260102000000_broken'),
    });
  });

  it('refuses a database that is newer, and a migration that was changed', async () => {
    await migrate(url, folder);
    write('20260101000000_cells', 'CREATE TABLE "Cell" (id bigint PRIMARY KEY);\n');
    await expect(migrate(url, folder)).rejects.toMatchObject({
      message: expect.stringContaining('was changed after'),
    });
    rmSync(join(folder, '20260101000000_cells'), { recursive: true });
    await expect(migrate(url, folder)).rejects.toMatchObject({
      message: expect.stringContaining('does not know'),
    });
  });

  it('says which database cannot be used, without its password', async () => {
    const wrong = new URL(url);
    wrong.password = 'guess-me';
    const error = await migrate(wrong.href, folder).catch((fault: Error) => fault);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(String(error)).not.toContain('guess-me');
  });
});

describe("Prisma's own command line", () => {
  it('makes, deploys, compares and resolves migrations on the engine from npm', async () => {
    // A project of its own in the shape of ours: config, schema, migrations.
    mkdirSync(join(root, '.data'), { recursive: true });
    const project = mkdtempSync(join(root, '.data', 'prisma-'));
    try {
      cpSync(join(root, 'prisma.config.ts'), join(project, 'prisma.config.ts'));
      mkdirSync(join(project, 'scripts', 'house'), { recursive: true });
      cpSync(
        join(root, 'scripts', 'house', 'processes.mjs'),
        join(project, 'scripts', 'house', 'processes.mjs'),
      );
      const migrations = join(project, 'packages', 'database', 'src', 'migrations');
      cpSync(import.meta.dirname, migrations, { recursive: true });
      chmodSync(join(migrations, 'prisma-schema-engine.ts'), 0o755);
      mkdirSync(join(project, 'prisma'));
      const schema = (fields: string) =>
        writeFileSync(
          join(project, 'prisma', 'schema.prisma'),
          `datasource db {\n  provider = "postgresql"\n}\nmodel Cell {\n  id Int @id\n${fields}}\n`,
        );
      const prisma = (...argv: string[]) =>
        run(process.execPath, [join(root, 'node_modules', 'prisma', 'build', 'index.js'), ...argv], project);

      schema('');
      const first = await prisma('migrate', 'dev', '--name', 'first');
      expect(first.code, first.words).toBe(0);
      schema('  name String?\n');
      const second = await prisma('migrate', 'dev', '--name', 'second');
      expect(second.code, second.words).toBe(0);
      expect(
        await ask(
          "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'Cell' ORDER BY 1",
        ),
      ).toEqual([{ name: 'id' }, { name: 'name' }]);
      const status = await prisma('migrate', 'status');
      expect(status.words).toContain('Database schema is up to date');
      const deploy = await prisma('migrate', 'deploy');
      expect(deploy.words).toContain('No pending migrations');
      // What the command line applied is nothing new to us, and the other way round.
      expect(await migrate(url, join(project, 'prisma', 'migrations'))).toEqual([]);
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });
});
