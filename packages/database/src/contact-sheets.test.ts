import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Transaction } from './client.ts';
import { type MigratedDatabase, openMigrated } from './testing/open-migrated.ts';

let opened: MigratedDatabase;
let database: Database;
let projectId: string;
let createdById: string;
let datasetId: string;
let sampleId: string;
let imageId: string;
const lines: string[] = [];

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
  const { id: organizationId } = await database.organization.create({ data: { name: 'Lab' } });
  createdById = (await database.user.create({ data: { name: 'One', email: 'one@lab.example' } })).id;
  projectId = (await database.project.create({ data: { organizationId, name: 'P', createdById } })).id;
  for (const name of ['A172', 'MO3.13']) {
    const data = { organizationId, name, colour: '#e69f00', createdById };
    lines.push((await database.cellLine.create({ data })).id);
  }
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

let made = 0;
const makeSample = (cellLineIds: readonly string[]) =>
  database.sample.create({
    data: {
      projectId,
      name: `S${++made}`,
      createdById,
      lines: { create: cellLineIds.map((cellLineId) => ({ cellLineId })) },
    },
  });
const makeDataset = () =>
  database.dataset.create({ data: { projectId, name: 'D', modality: 'PHASE_CONTRAST', createdById } });
const addMask = (revision: number, tx: Transaction = database) =>
  tx.foreground.create({
    data: {
      ...{ imageId, revision, parameters: {}, quality: {}, coverage: 0.5 },
      ...{ confluent: false, maskKey: 'm' },
    },
  });
const addLine = (tx: Transaction = database) =>
  tx.sampleLine.create({ data: { sampleId, cellLineId: lines[1]! } });

/** The revisions of the picture's masks that stand on a sheet, and on which. */
async function standing() {
  const masks = await database.foreground.findMany({ where: { imageId, contactSheetId: { not: null } } });
  return masks.map(({ revision, contactSheetId }) => [revision, contactSheetId]);
}

beforeEach(async () => {
  datasetId = (await makeDataset()).id;
  sampleId = (await makeSample([lines[0]!])).id;
  const image = {
    ...{ datasetId, sampleId, name: 'a.tif', sizeBytes: 1, createdById, status: 'READY' as const },
    ...{ checksum: 'c', width: 4, height: 4, channels: 1, depth: 8 },
    ...{ originalKey: 'o', pyramidKey: 'p', thumbnailKey: 't' },
  };
  imageId = (await database.image.create({ data: image })).id;
  await addMask(1);
});

describe('on a contact sheet', () => {
  it('stands the newest mask of a picture', async () => {
    expect(await standing()).toEqual([[1, datasetId]]);
    const { id } = await addMask(2);
    expect(await standing()).toEqual([[2, datasetId]]);
    await database.foreground.delete({ where: { id } });
    expect(await standing()).toEqual([[1, datasetId]]);
    const other = await makeDataset();
    await database.image.update({ where: { id: imageId }, data: { datasetId: other.id } });
    expect(await standing()).toEqual([[1, other.id]]);
  });

  it('stands none of a picture that is deleted or cannot be read', async () => {
    for (const [gone, back] of [
      [{ deletedAt: new Date() }, { deletedAt: null }],
      [{ status: 'FAILED' }, { status: 'READY' }],
    ] as const) {
      await database.image.update({ where: { id: imageId }, data: gone });
      expect(await standing()).toEqual([]);
      await database.image.update({ where: { id: imageId }, data: back });
      expect(await standing()).toEqual([[1, datasetId]]);
    }
  });

  it('stands none of a picture that shows no line, several, or is of a deleted sample', async () => {
    await addLine();
    expect(await standing()).toEqual([]);
    await database.sampleLine.deleteMany({ where: { sampleId, cellLineId: lines[1]! } });
    expect(await standing()).toEqual([[1, datasetId]]);
    await database.sample.update({ where: { id: sampleId }, data: { deletedAt: new Date() } });
    expect(await standing()).toEqual([]);
    await database.sample.update({ where: { id: sampleId }, data: { deletedAt: null } });
    expect(await standing()).toEqual([[1, datasetId]]);
    for (const other of [null, (await makeSample(lines)).id, (await makeSample([])).id]) {
      await database.image.update({ where: { id: imageId }, data: { sampleId: other } });
      expect(await standing()).toEqual([]);
    }
  });

  it('stands what was made while another transaction changed the picture or its sample', async () => {
    await Promise.all([database.$transaction((tx) => slowly(addLine(tx))), slowly(addMask(2))]);
    expect(await standing()).toEqual([]);
    sampleId = (await makeSample([lines[0]!])).id;
    await Promise.all([
      database.$transaction((tx) => slowly(tx.image.update({ where: { id: imageId }, data: { sampleId } }))),
      database.$transaction((tx) => slowly(addLine(tx))),
    ]);
    expect(await standing()).toEqual([]);
    await database.sampleLine.deleteMany({ where: { sampleId, cellLineId: lines[1]! } });
    expect(await standing()).toEqual([[2, datasetId]]);
  });
});

/** Leaves others time between a change and its commit. */
async function slowly(change: PromiseLike<unknown>): Promise<void> {
  await change;
  await database.$queryRaw`SELECT pg_sleep(0.2)::text`;
}
