import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { byName, type ListSpec, listRows } from './list-rows.ts';
import type { PageRequest } from './page-request.ts';
import { type MigratedDatabase, openMigrated } from './testing/open-migrated.ts';

let opened: MigratedDatabase;
let database: Database;
let datasetId: string;
let createdById: string;
const spec: ListSpec = { table: 'Image', where: Prisma.sql`true`, order: byName };

/** In order; three fields are called alike. */
const names = [
  'a1',
  'A1',
  'A2',
  'A2 copy',
  'A10',
  'A10',
  'A10',
  'B1',
  'field 9.tif',
  'field 010.tif',
  'β-10',
];

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
  const { id: organizationId } = await database.organization.create({ data: { name: 'Lab' } });
  createdById = (await database.user.create({ data: { name: 'One', email: 'one@lab.example' } })).id;
  const project = await database.project.create({ data: { organizationId, name: 'P', createdById } });
  const dataset = await database.dataset.create({
    data: { projectId: project.id, name: 'D', modality: 'PHASE_CONTRAST', createdById },
  });
  datasetId = dataset.id;
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

async function fill(): Promise<void> {
  await database.image.deleteMany();
  for (const name of names.toReversed())
    await database.image.create({ data: { datasetId, name, sizeBytes: 1, createdById } });
}

async function page(request: PageRequest) {
  const { edges } = await listRows(database, spec, request);
  return edges.map(({ node, cursor }) => ({ ...(node as { id: string; name: string }), cursor }));
}

describe('rows by name', () => {
  it('have numbers in their order, whatever the size of a page, both ways', async () => {
    await fill();
    const all = await page({ first: 100 });
    expect(all.map(({ name }) => name)).toEqual(names);
    for (const size of [1, 2, 3]) {
      const down: string[] = [];
      for (let after: string | null = null; down.length < names.length; ) {
        const found: { id: string; cursor: string }[] = await page({ first: size, after });
        after = found.at(-1)?.cursor ?? null;
        down.push(...found.map(({ id }) => id));
      }
      expect(down).toEqual(all.map(({ id }) => id));
      const up: string[] = [];
      for (let before: string | null = null; up.length < names.length; ) {
        const found: { id: string; cursor: string }[] = await page({ last: size, before });
        before = found[0]?.cursor ?? null;
        up.unshift(...found.map(({ id }) => id));
      }
      expect(up).toEqual(down);
    }
  });

  it('go on where they were after the row of the cursor is deleted, between equal names too', async () => {
    await fill();
    const all = await page({ first: 100 });
    for (const [i, { id, cursor }] of all.entries()) {
      await database.image.delete({ where: { id } });
      const rest = await page({ first: 100, after: cursor });
      expect(rest.map((row) => row.id)).toEqual(all.slice(i + 1).map((row) => row.id));
    }
  });
});
