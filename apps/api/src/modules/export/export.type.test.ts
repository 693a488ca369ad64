import type { Database } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from '../../testing/asking.ts';
import { type OpenWorld, openWorld } from '../../testing/open-world.ts';
import type { World } from '../../testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
});
afterAll(() => opened?.[Symbol.asyncDispose]());

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
