import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from './client.ts';
import { type MigratedDatabase, openMigrated } from './testing/open-migrated.ts';

let opened: MigratedDatabase;
let database: Database;

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
}, 120_000);
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
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
