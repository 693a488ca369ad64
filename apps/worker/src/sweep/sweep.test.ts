import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@cellmixer/database';
import { type MigratedDatabase, openMigrated } from '@cellmixer/database/testing';
import { openQueue, type Queue, queueSweep, takeJobs } from '@cellmixer/jobs';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import {
  attemptKey,
  imageKey,
  incomingKey,
  modelKey,
  type ObjectKey,
  objectKey,
  openStorage,
  type Storage,
} from '@cellmixer/storage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from './sweep.ts';

const DAY = 24 * 3600 * 1000;
const createdById = randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'cm-sweep-'));
const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };
let opened: MigratedDatabase;
let store: Awaited<ReturnType<typeof startObjectStore>>;
let database: Database;
let queue: Queue;
let storage: Storage;
let lab: string;
let project: string;
let dataset: string;

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
  queue = await openQueue({ databaseUrl: opened.url, supervise: false, onError: () => {} });
  const place = { folder, host: '127.0.0.1', port: 0, allowedOrigins: [] };
  store = await startObjectStore({ ...place, ...account });
  const { endpoint } = store;
  storage = openStorage({ endpoint, publicEndpoint: endpoint, bucket: 'cellmixer', ...account });
  await storage.ensureBucket();
});
afterAll(async () => {
  await queue?.stop({ graceful: false });
  await store?.stop();
  await opened?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  lab = (await database.organization.create({ data: { name: 'Lab', usedBytes: 1000n } })).id;
  project = (await database.project.create({ data: { organizationId: lab, name: 'P', createdById } })).id;
  const data = { projectId: project, name: 'Plate 3', modality: 'PHASE_CONTRAST' as const, createdById };
  dataset = (await database.dataset.create({ data })).id;
});

async function put(key: ObjectKey): Promise<ObjectKey> {
  await storage.put(key, Buffer.from(key), { contentType: 'application/octet-stream' });
  return key;
}

/** Which of the objects are there. */
async function left(keys: readonly ObjectKey[]): Promise<ObjectKey[]> {
  const found: ObjectKey[] = [];
  for (const key of keys) if ((await storage.head(key)) !== null) found.push(key);
  return found;
}

/** A sweep on a day so many days from now, by the true queue and worker. */
async function sweepIn(days: number, orphans = true): Promise<void> {
  const clock = () => new Date(Date.now() + days * DAY);
  const ended = Promise.withResolvers<string>();
  const stop = await takeJobs({
    database,
    queue,
    handlers: { SWEEP: sweep({ database, storage }, clock) },
    concurrency: { quick: 1 },
    worker: 'test',
    log: ({ event, error }) => event !== 'taken' && ended.resolve(error?.message ?? event),
  });
  try {
    await database.$transaction((tx) => queueSweep(tx, queue, { orphans }));
    expect(await ended.promise).toBe('succeeded');
  } finally {
    await stop();
    queue = await openQueue({ databaseUrl: opened.url, supervise: false, onError: () => {} });
  }
}

async function makeImage() {
  const id = randomUUID();
  const key = (name: string) => put(imageKey(lab, id, name));
  const keys = {
    originalKey: await key('original'),
    pyramidKey: await key('pyramid.ome.tiff'),
    thumbnailKey: await key('thumbnail.png'),
  };
  const size = { sizeBytes: 100, width: 10, height: 10, channels: 1 };
  await database.image.create({
    data: {
      id,
      datasetId: dataset,
      name: 'a.tif',
      checksum: 'sha',
      status: 'READY',
      createdById,
      ...size,
      ...keys,
    },
  });
  return { id, keys: Object.values(keys) };
}

async function makeModel() {
  const { id } = await database.model.create({ data: { projectId: project, name: 'M', createdById } });
  const objectKey = await put(modelKey(id, 1));
  const version = await database.modelVersion.create({
    data: { modelId: id, number: 1, calibration: {}, card: {}, objectKey, sizeBytes: 1, checksum: 'c' },
  });
  return { id, versionId: version.id, objectKey };
}

async function makeSegmentation(imageId: string, modelVersionId: string, projectId = project) {
  const job = randomUUID();
  const keys = {
    classMapKey: await put(attemptKey(job, 1, 'classes.tiff')),
    overlayKey: await put(attemptKey(job, 1, 'overlay.png')),
  };
  const settings = { settings: {}, settingsHash: randomUUID(), status: 'SUCCEEDED' as const };
  const row = await database.segmentation.create({
    data: { projectId, imageId, modelVersionId, ...settings, ...keys },
  });
  return { id: row.id, ...keys };
}

describe('a sweep of the bucket', () => {
  it('takes what nobody points to once it is a week old, and nothing else', async () => {
    const image = await makeImage();
    const model = await makeModel();
    const config = await put(objectKey(model.objectKey.replace('model.onnx', 'config.pbtxt')));
    const segmentation = await makeSegmentation(image.id, model.versionId);
    const map = await put(attemptKey(randomUUID(), 1, '0-0-1.ome.tiff'));
    const version = await database.datasetVersion.create({
      data: { datasetId: dataset, number: 1, createdById },
    });
    await database.comparison.create({
      data: {
        projectId: project,
        name: 'C',
        datasetVersionId: version.id,
        createdById,
        images: { create: { position: 0, imageId: image.id, results: { pairs: [{ mapKey: map }] } } },
      },
    });
    const running = await database.job.create({
      data: { kind: 'TRAIN', payload: {}, status: 'RUNNING', attempt: 1 },
    });
    const ended = await database.job.create({
      data: { kind: 'TRAIN', payload: {}, status: 'FAILED', attempt: 2 },
    });
    const upload = (status: 'OPEN' | 'COMPLETED' | 'ABORTED', expiresAt: Date) =>
      database.upload.create({
        data: {
          datasetId: dataset,
          fileName: 'b.tif',
          contentType: 'x',
          sizeBytes: 10,
          status,
          expiresAt,
          createdById,
        },
      });
    const open = await upload('OPEN', new Date(Date.now() + 60 * DAY));
    const read = await upload('COMPLETED', new Date());
    const aborted = await upload('ABORTED', new Date());
    const kept = [
      ...image.keys,
      model.objectKey,
      config,
      segmentation.classMapKey,
      segmentation.overlayKey,
      map,
      await put(attemptKey(running.id, 1, 'checkpoint.safetensors')),
      await put(incomingKey(lab, open.id)),
      await put(incomingKey(lab, read.id)),
      await put(objectKey('elsewhere/of/somebody')),
    ];
    const orphans = [
      await put(attemptKey(ended.id, 1, 'checkpoint.safetensors')),
      await put(incomingKey(lab, aborted.id)),
      await put(incomingKey(lab, randomUUID())),
      await put(imageKey(lab, randomUUID(), 'original')),
      await put(modelKey(randomUUID(), 1)),
      await put(modelKey(model.id, 2)),
    ];
    await sweepIn(6);
    expect(await left(orphans)).toEqual(orphans);
    await sweepIn(8, false);
    expect(await left(orphans)).toEqual(orphans);
    await sweepIn(8);
    expect(await left(orphans)).toEqual([]);
    expect(await left(kept)).toEqual(kept);
  });

  it('gives back the room of tickets that were not used, and forgets old idempotency keys and files', async () => {
    const ticket = (expiresAt: Date) =>
      database.upload.create({
        data: {
          datasetId: dataset,
          fileName: 'b.tif',
          contentType: 'x',
          sizeBytes: 300,
          expiresAt,
          createdById,
        },
      });
    const late = await ticket(new Date(Date.now() + DAY / 2));
    const early = await ticket(new Date(Date.now() + 3 * DAY));
    const sent = await put(incomingKey(lab, late.id));
    const actor = randomUUID();
    const key = (createdAt: Date) =>
      database.idempotencyKey.create({
        data: { actor, mutation: 'm', key: String(createdAt), inputHash: 'h', result: {}, createdAt },
      });
    await key(new Date());
    await key(new Date(Date.now() + 0.5 * DAY));
    await sweepIn(1.2, false);
    expect(await database.upload.findUniqueOrThrow({ where: { id: late.id } })).toMatchObject({
      status: 'ABORTED',
    });
    expect(await database.upload.findUniqueOrThrow({ where: { id: early.id } })).toMatchObject({
      status: 'OPEN',
    });
    expect((await database.organization.findUniqueOrThrow({ where: { id: lab } })).usedBytes).toBe(700n);
    expect(await left([sent])).toEqual([]);
    expect(await database.idempotencyKey.count({ where: { actor } })).toBe(1);
  });
});

describe('the purge', () => {
  const toTrash = async (type: 'Image' | 'Project', subjectId: string) => {
    const where = { where: { id: subjectId }, data: { deletedAt: new Date() } };
    await (type === 'Image' ? database.image.update(where) : database.project.update(where));
    await database.trashItem.create({ data: { organizationId: lab, type, subjectId, name: 'x' } });
  };

  it('takes an image’s pixels everywhere after thirty days and leaves its checksum, others’ maps and other images', async () => {
    const image = await makeImage();
    const other = await makeImage();
    const model = await makeModel();
    const elsewhere = await database.project.create({
      data: { organizationId: lab, name: 'Q', createdById },
    });
    const lent = await makeSegmentation(image.id, model.versionId, elsewhere.id);
    const untouched = await makeSegmentation(other.id, model.versionId);
    const maskKey = await put(attemptKey(randomUUID(), 1, 'foreground.png'));
    const found = { revision: 1, parameters: {}, quality: {}, coverage: 0, confluent: false };
    const foreground = await database.foreground.create({ data: { imageId: image.id, maskKey, ...found } });
    const line = await database.cellLine.create({
      data: { organizationId: lab, name: 'A172', colour: '#e69f00', createdById },
    });
    const version = await database.datasetVersion.create({
      data: {
        datasetId: dataset,
        number: 1,
        createdById,
        items: {
          create: { imageId: image.id, checksum: 'sha', cellLineId: line.id, foregroundId: foreground.id },
        },
      },
    });
    const run = await database.trainingRun.create({
      data: {
        projectId: project,
        name: 'T',
        preset: 'fast',
        steps: 1,
        seed: 1,
        settings: {},
        createdById,
        classes: { create: { position: 0, name: 'A172', colour: '#e69f00' } },
      },
      include: { classes: true },
    });
    const source = {
      runId: run.id,
      versionId: version.id,
      cellLineId: line.id,
      classId: run.classes[0]?.id ?? '',
    };
    await database.trainingSource.create({ data: source });
    const pictureKey = await put(attemptKey(randomUUID(), 1, 'a.png'));
    const labelsKey = await put(attemptKey(randomUUID(), 1, 'b.png'));
    await database.trainingSamplePicture.create({
      data: { runId: run.id, kind: 'SAMPLE', step: 0, position: 0, pictureKey, labelsKey },
    });
    await toTrash('Image', image.id);
    const pixels = [...image.keys, lent.overlayKey, maskKey, pictureKey, labelsKey];
    await sweepIn(29);
    expect(await left(pixels)).toEqual(pixels);
    await sweepIn(31);
    expect(await left(pixels)).toEqual([]);
    const kept = [
      ...other.keys,
      lent.classMapKey,
      untouched.overlayKey,
      untouched.classMapKey,
      model.objectKey,
    ];
    expect(await left(kept)).toEqual(kept);
    const row = await database.image.findUniqueOrThrow({ where: { id: image.id } });
    expect(row).toMatchObject({
      checksum: 'sha',
      originalKey: null,
      thumbnailKey: null,
      purgedAt: expect.any(Date),
    });
    expect((await database.organization.findUniqueOrThrow({ where: { id: lab } })).usedBytes).toBe(900n);
    expect(await database.datasetVersionItem.findMany({ where: { versionId: version.id } })).toMatchObject([
      { checksum: 'sha', foregroundId: null },
    ]);
    expect(await database.trashItem.count({ where: { subjectId: image.id } })).toBe(0);
  });

  it('takes the original of a time series, and gives back its room, with the last of its time points', async () => {
    const [first, second] = [await makeImage(), await makeImage()];
    const own = first.keys.slice(1);
    const { originalKey } = await database.image.findUniqueOrThrow({ where: { id: first.id } });
    const data = { seriesId: first.id, timePoints: 2, originalKey };
    for (const { id } of [first, second]) await database.image.update({ where: { id }, data });
    const room = async () =>
      (await database.organization.findUniqueOrThrow({ where: { id: lab } })).usedBytes;
    await toTrash('Image', first.id);
    await sweepIn(31);
    expect(await left(first.keys)).toEqual([originalKey]);
    expect(await left(own)).toEqual([]);
    expect(await room()).toBe(1000n);
    await toTrash('Image', second.id);
    await sweepIn(31);
    expect(await left([...first.keys, ...second.keys.slice(1)])).toEqual([]);
    expect(await room()).toBe(900n);
  });

  it('takes a whole time series at once', async () => {
    const [first, second] = [await makeImage(), await makeImage()];
    const { originalKey } = await database.image.findUniqueOrThrow({ where: { id: first.id } });
    const data = { seriesId: first.id, timePoints: 2, originalKey };
    for (const { id } of [first, second]) await database.image.update({ where: { id }, data });
    await toTrash('Project', project);
    await sweepIn(31);
    expect(await left([...first.keys, ...second.keys.slice(1)])).toEqual([]);
    expect((await database.organization.findUniqueOrThrow({ where: { id: lab } })).usedBytes).toBe(900n);
  });

  it('takes everything of a project, and nothing of what was restored', async () => {
    const image = await makeImage();
    const model = await makeModel();
    const segmentation = await makeSegmentation(image.id, model.versionId);
    const all = [...image.keys, model.objectKey, segmentation.classMapKey, segmentation.overlayKey];
    await toTrash('Project', project);
    await database.project.update({ where: { id: project }, data: { deletedAt: null } });
    await sweepIn(31, false);
    expect(await left(all)).toEqual(all);
    await toTrash('Project', project);
    await sweepIn(31, false);
    expect(await left(all)).toEqual([]);
  });
});
