import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@cellmixer/database';
import { migrate } from '@cellmixer/database/migrations';
import { type RunningPostgres, startPostgres } from '@cellmixer/local-server';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from '../../testing/asking.ts';
import { makeWorld, type World } from '../../testing/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cm-export-'));
let postgres: RunningPostgres;
let database: Database;
let world: World;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  await migrate(postgres.url);
  database = openDatabase(postgres.url);
  world = await makeWorld(database);
});
afterAll(async () => {
  await database?.$disconnect();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('an export whose file is gone', () => {
  const cure = 'Export the results of the run once more.';

  it.each([
    ['before the sweep', 'export.zip', -1, { errorCode: 'EXPORT_EXPIRED', errorCure: cure, url: null }],
    ['after the sweep', null, -1, { errorCode: 'EXPORT_EXPIRED', errorCure: cure, url: null }],
    [
      'with pictures that were taken back',
      null,
      1,
      { errorCode: 'EXPORT_WITHDRAWN', errorCure: cure, url: null },
    ],
  ])('says why and what to do, %s', async (_when, objectKey, days, expected) => {
    const id = world.rows.get('Export') ?? '';
    const expiresAt = new Date(Date.now() + days * 86_400_000);
    await database.export.update({ where: { id }, data: { status: 'SUCCEEDED', objectKey, expiresAt } });
    const { node } = await openAsking(database).ask(
      { userId: world.actors.get('viewer')?.userId ?? '' },
      `{ node(id: "${encodeGlobalID('Export', id)}") { ... on Export { errorCode errorMessage errorCure url } } }`,
    );
    expect(node).toMatchObject(expected);
    if (days < 0) expect(node.errorMessage).toContain(expiresAt.toISOString().slice(0, 10));
  });
});
