import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@cellmixer/database';
import { migrate } from '@cellmixer/database/migrations';
import { type RunningPostgres, startPostgres } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demandPictures, picturesToTake } from './pictures-to-take.ts';

const folder = mkdtempSync(join(tmpdir(), 'cm-export-'));
const createdById = randomUUID();
let postgres: RunningPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  await migrate(postgres.url);
  database = openDatabase(postgres.url);
});
afterAll(async () => {
  await database?.$disconnect();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const makeProject = async () => {
  const { id: organizationId } = await database.organization.create({ data: { name: 'Lab' } });
  return database.project.create({ data: { organizationId, name: randomUUID(), createdById } });
};

/** An export of two segmented pictures: of the project's own dataset, or of one that is lent to it. */
async function exportOf(kind: 'own' | 'lent') {
  const project = await makeProject();
  const owner = kind === 'own' ? project : await makeProject();
  const dataset = await database.dataset.create({
    data: { projectId: owner.id, name: 'Plate 3', modality: 'PHASE_CONTRAST', createdById },
  });
  const datasetId = dataset.id;
  if (kind === 'lent')
    await database.datasetShare.create({
      data: { datasetId, projectId: project.id, status: 'ACCEPTED', createdById },
    });
  const version = await database.datasetVersion.create({ data: { datasetId, number: 1, createdById } });
  const model = await database.model.create({ data: { projectId: project.id, name: 'M', createdById } });
  const file = { number: 1, calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1, checksum: 'c' };
  const modelVersion = await database.modelVersion.create({ data: { modelId: model.id, ...file } });
  const settings = { settings: {}, settingsHash: 'h' };
  const made = { projectId: project.id, modelVersionId: modelVersion.id, ...settings };
  const run = await database.segmentationRun.create({
    data: { ...made, datasetVersionId: version.id, total: 2, createdById },
  });
  const drawn: string[] = [];
  const imageIds: string[] = [];
  for (const name of ['a.tif', 'b.tif']) {
    const image = await database.image.create({ data: { datasetId, name, sizeBytes: 1, createdById } });
    const { id } = await database.segmentation.create({
      data: { ...made, imageId: image.id, overlayKey: `attempts/${randomUUID()}/1/overlay.png` },
    });
    await database.segmentationRunItem.create({ data: { runId: run.id, segmentationId: id } });
    drawn.push(id);
    imageIds.push(image.id);
  }
  const row = await database.export.create({
    data: { projectId: project.id, segmentationRunId: run.id, createdById },
  });
  const publish = () => database.$transaction((tx) => demandPictures(tx, row.id, drawn));
  return { exportId: row.id, datasetId, drawn, imageIds, publish };
}

const taken = async (exportId: string) => [...(await picturesToTake(database, exportId))].toSorted();
const withdrawn = { code: 'INPUT_WITHDRAWN' };

describe('the pictures of an export', () => {
  it.each(['own', 'lent'] as const)('go along where they are there, %s', async (kind) => {
    const { exportId, drawn, publish } = await exportOf(kind);
    expect(await taken(exportId)).toEqual(drawn.toSorted());
    await publish();
  });

  it('stay away once the share is revoked, before they are packed and after', async () => {
    const { exportId, datasetId, publish } = await exportOf('lent');
    await database.datasetShare.updateMany({ where: { datasetId }, data: { status: 'REVOKED' } });
    expect(await taken(exportId)).toEqual([]);
    await expect(publish()).rejects.toMatchObject(withdrawn);
  });

  it('stay away where one was deleted; the others go along', async () => {
    const { exportId, drawn, imageIds, publish } = await exportOf('own');
    await database.image.update({ where: { id: imageIds[0] ?? '' }, data: { deletedAt: new Date() } });
    expect(await taken(exportId)).toEqual(drawn.slice(1));
    await expect(publish()).rejects.toMatchObject(withdrawn);
  });

  it('stay away where their dataset was deleted, by the project or by who lent it', async () => {
    for (const kind of ['own', 'lent'] as const) {
      const { exportId, datasetId, publish } = await exportOf(kind);
      await database.dataset.update({ where: { id: datasetId }, data: { deletedAt: new Date() } });
      expect(await taken(exportId)).toEqual([]);
      await expect(publish()).rejects.toMatchObject(withdrawn);
    }
  });
});
