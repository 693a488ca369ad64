import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type RunningPostgres, startPostgres } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './client.ts';
import { migrate } from './migrations/migrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'cm-client-'));
let postgres: RunningPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  await migrate(postgres.url);
  database = openDatabase(postgres.url);
}, 120_000);
afterAll(async () => {
  await database?.$disconnect();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a transaction of a process that stands still', () => {
  it('is ended by the database, so that others get what it had locked', { timeout: 120_000 }, async () => {
    const { id } = await database.organization.create({ data: { name: 'before' } });
    const locked = Promise.withResolvers<void>();
    const standing = database.$transaction(
      async (tx) => {
        await tx.organization.update({ where: { id }, data: { name: 'half-written' } });
        locked.resolve();
        await pause(20_000);
        await tx.organization.update({ where: { id }, data: { name: 'too late' } });
      },
      { timeout: 60_000 },
    );
    const ended = expect(standing).rejects.toThrow();
    await locked.promise;
    const started = performance.now();
    await database.organization.update({ where: { id }, data: { name: 'after' } });
    expect((performance.now() - started) / 1000).toBeGreaterThan(5);
    await ended;
    expect(await database.organization.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'after' });
  });
});
