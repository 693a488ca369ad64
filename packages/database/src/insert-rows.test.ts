import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from './client.ts';
import { insertRows } from './insert-rows.ts';
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

describe('rows that are written together', () => {
  it('hold what was given, in its order, and defaults for the rest', async () => {
    const at = new Date('2026-11-22T21:49:23.381Z');
    const jobs = Array.from({ length: 300 }, (_, i) => ({
      kind: 'SWEEP' as const,
      payload: { place: i, words: ['µm "quoted"', `\\ and half of one: \ud83d`] },
      startedAt: at,
      secondsLeft: i === 0 ? null : 0.5,
    }));
    const ids = await database.$transaction((tx) => insertRows(tx, 'Job', jobs));
    const rows = await database.job.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map((row) => row.id)).toEqual(ids);
    expect(rows.map((row) => row.payload)).toEqual(
      jobs.map((_job, place) => ({ place, words: ['µm "quoted"', '\\ and half of one: \ufffd'] })),
    );
    expect(rows[0]).toMatchObject({ status: 'QUEUED', attempt: 0, startedAt: at, secondsLeft: null });
    expect(rows[1]).toMatchObject({ secondsLeft: 0.5 });
    expect(await insertRows(database, 'Job', [])).toEqual([]);
  });

  it('keep numbers beyond those of JavaScript', async () => {
    const dataset = await makeDataset();
    const file = {
      datasetId: dataset,
      contentType: 'image/tiff',
      createdById: dataset,
      expiresAt: new Date(),
    };
    const sizes = [9007199254740993n, 1n];
    const ids = await insertRows(
      database,
      'Upload',
      sizes.map((sizeBytes) => ({ ...file, fileName: `${sizeBytes}.tif`, sizeBytes })),
    );
    const rows = await database.upload.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    expect(rows.map((row) => row.sizeBytes)).toEqual(sizes);
  });
});

async function makeDataset(): Promise<string> {
  const lab = await database.organization.create({ data: { name: 'Lab' } });
  const createdById = randomUUID();
  const project = await database.project.create({
    data: { name: 'Project', organizationId: lab.id, createdById },
  });
  const row = { name: 'Dataset', projectId: project.id, modality: 'PHASE_CONTRAST' as const, createdById };
  return (await database.dataset.create({ data: row })).id;
}
