import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database, Job, Modality } from '@cellmixer/database';
import { type MigratedDatabase, openMigrated, StatementWatch } from '@cellmixer/database/testing';
import { openQueue, type Queue, takeJobs } from '@cellmixer/jobs';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import { incomingKey, objectKey, openStorage, type Storage } from '@cellmixer/storage';
import { stackFile } from '@cellmixer/test-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Leftovers } from '../leftovers.ts';
import { openPixels } from '../open-pixels.ts';
import type { Parts } from '../parts.ts';
import { idBeside } from './id-beside.ts';
import { ingestImage } from './ingest-image.ts';
import { publishPlanes } from './publish-planes.ts';

const createdById = randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'cm-planes-'));
const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };
const signal = new AbortController().signal;
let migrated: MigratedDatabase;
let store: Awaited<ReturnType<typeof startObjectStore>>;
let database: Database;
let queue: Queue;
let storage: Storage;
let parts: Parts;
let lab: string;
let project: string;
let sample: string;

beforeAll(async () => {
  migrated = await openMigrated();
  database = migrated.database;
  queue = await openQueue({ databaseUrl: migrated.url, supervise: false, onError: () => {} });
  const place = { folder: join(folder, 'objects'), host: '127.0.0.1', port: 0, allowedOrigins: [] };
  store = await startObjectStore({ ...place, ...account });
  const { endpoint } = store;
  storage = openStorage({ endpoint, publicEndpoint: endpoint, bucket: 'cellmixer', ...account });
  await storage.ensureBucket();
  const predictors = () => Promise.reject(new Error('nothing is predicted here'));
  const leftovers = new Leftovers(storage);
  const process = { scratch: folder, worker: 'test', provider: 'cpu' as const, predictors };
  parts = { database, storage, queue, leftovers, ...process };
  lab = (await database.organization.create({ data: { name: 'Lab' } })).id;
  project = (await database.project.create({ data: { organizationId: lab, name: 'P', createdById } })).id;
  const line = { organizationId: lab, name: 'HeLa', colour: '#e69f00', createdById };
  const { id: cellLineId } = await database.cellLine.create({ data: line });
  const well = { projectId: project, name: 'C7', createdById, lines: { create: { cellLineId } } };
  sample = (await database.sample.create({ data: well })).id;
}, 120_000);
afterAll(async () => {
  await queue?.stop({ graceful: false });
  await store?.stop();
  await migrated?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const SIDE = 24;

const imageJ = (description: string, planes: readonly Uint16Array[]) =>
  stackFile(
    description,
    planes.map((data) => ({ width: SIDE, height: SIDE, data })),
  );
const flat = (value: number) => new Uint16Array(SIDE * SIDE).fill(value);
/** Checks of a height: the higher, the sharper. */
const checks = (height: number) => flat(1000).map((v, i) => v + ((i + Math.floor(i / SIDE)) % 2) * height);

async function upload(bytes: Uint8Array, name: string, modality: Modality, sampleId: string | null = null) {
  const data = { projectId: project, name: 'D', modality, createdById };
  const { id: datasetId } = await database.dataset.create({ data });
  const uploadId = randomUUID();
  const originalKey = incomingKey(lab, uploadId);
  await storage.put(originalKey, bytes, { contentType: 'application/octet-stream' });
  const image = { datasetId, sampleId, name, sizeBytes: bytes.length, originalKey, createdById };
  const { id } = await database.image.create({ data: image });
  const owner = { organizationId: lab, projectId: project, createdById };
  const job = await database.job.create({
    data: {
      kind: 'INGEST',
      payload: { imageId: id },
      subjectId: id,
      status: 'RUNNING',
      attempt: 1,
      ...owner,
    },
  });
  const images = () => database.image.findMany({ where: { datasetId }, orderBy: { id: 'desc' } });
  return { id, job, images };
}

const ingest = (job: Job, attempt = job.attempt, progress = () => {}) =>
  ingestImage(parts)({ imageId: job.subjectId ?? '' }, { job: { ...job, attempt }, signal, progress });

async function pixelsOf(image: Parameters<typeof openPixels>[1]): Promise<number[]> {
  const source = await openPixels(parts, image, folder, signal);
  return [...(await source.read()).data];
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a file of several time points', () => {
  const series = imageJ('ImageJ=1.54f\nimages=3\nframes=3\nhyperstack=true\nfinterval=900', [
    flat(100),
    flat(200),
    flat(300),
  ]);

  it('becomes an image of each, with its pixels, its time and the sample of the first', async () => {
    const { id, job, images } = await upload(series, 'C7.tif', 'PHASE_CONTRAST', sample);
    await ingest(job);
    const made = await images();
    expect(made.map(({ name }) => name)).toEqual(['C7.tif · t 1', 'C7.tif · t 2', 'C7.tif · t 3']);
    const file = { checksum: sha256(series), originalKey: `images/${lab}/${id}/original`, seriesId: id };
    expect(made).toMatchObject(
      [1, 2, 3].map((timePoint) => ({
        ...{ ...file, timePoint, timePoints: 3, secondsSinceFirst: 900 * (timePoint - 1) },
        ...{ status: 'READY', sampleId: sample, width: SIDE, depth: 16, stackPlanes: null },
      })),
    );
    expect(await Promise.all(made.map(pixelsOf))).toEqual([100, 200, 300].map((v) => [...flat(v)]));
    expect(sha256(await storage.readBytes(objectKey(file.originalKey), { limit: 1e6 }))).toBe(file.checksum);
    for (const { thumbnailKey } of made)
      expect(await storage.head(objectKey(thumbnailKey ?? ''))).not.toBeNull();
    const ids = made.map((image) => image.id);
    expect(await database.job.count({ where: { kind: 'FOREGROUND', subjectId: { in: ids } } })).toBe(3);
  });

  it('shows nothing of an attempt that has lost its job, and the next makes the same images once', async () => {
    const { job, images } = await upload(series, 'C7.tif', 'PHASE_CONTRAST');
    await database.job.update({ where: { id: job.id }, data: { attempt: 2 } });
    await expect(ingest(job, 1)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await images()).toMatchObject([{ status: 'INGESTING', name: 'C7.tif', timePoint: null }]);
    await ingest(job, 2);
    expect(await images()).toHaveLength(3);
    await expect(ingest(job, 2)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await images()).toHaveLength(3);
  });

  it('is published at once with a thousand of them, each with its foreground to be found', async () => {
    const { id, job, images } = await upload(series, 'C7.tif', 'PHASE_CONTRAST', sample);
    const acquiredAt = new Date('2016-03-01T14:05:09Z');
    const read = { checksum: sha256(series), width: SIDE, height: SIDE, channels: 1, depth: 16 };
    const file = {
      name: 'C7.tif',
      ...read,
      pixelSizeUm: null,
      acquiredAt,
      acquiredFrom: 'FILE' as const,
      originalKey: 'images/lab/i/original',
    };
    const planes = Array.from({ length: 1000 }, (_, i) => ({
      ...{ id: idBeside(id, i), timePoint: i + 1, secondsSinceFirst: 900 * i },
      ...{
        stackPlanes: null,
        stackPlane: null,
        planeChecksum: 'c',
        pyramidKey: `p${i}`,
        thumbnailKey: `t${i}`,
      },
    }));
    await publishPlanes(database, queue, job, file, planes);
    const made = await images();
    expect(made.map(({ timePoint }) => timePoint)).toEqual(planes.map(({ timePoint }) => timePoint));
    const moments = made.slice(0, 3).map((image) => image.acquiredAt?.toISOString());
    expect(moments).toEqual(['14:05:09', '14:20:09', '14:35:09'].map((at) => `2016-03-01T${at}.000Z`));
    expect(new Set(made.map(({ acquiredFrom }) => acquiredFrom))).toEqual(new Set(['FILE']));
    const subjectId = { in: made.map((image) => image.id) };
    expect(await database.job.count({ where: { kind: 'FOREGROUND', subjectId } })).toBe(1000);
  });

  it('goes into the trash with the image that was deleted while it was read', async () => {
    const { id, job, images } = await upload(series, 'C7.tif', 'PHASE_CONTRAST');
    await database.image.update({ where: { id }, data: { deletedAt: new Date() } });
    const item = { organizationId: lab, projectId: project, type: 'Image', name: 'C7.tif' };
    await database.trashItem.create({ data: { ...item, subjectId: id } });
    await ingest(job);
    const made = await images();
    expect(made.map(({ deletedAt }) => deletedAt)).toEqual(Array(3).fill(expect.any(Date)));
    const trash = { where: { subjectId: { in: made.map((image) => image.id) } } };
    expect(await database.trashItem.count(trash)).toBe(3);
  });
});

describe('a picture of one plane', () => {
  it('says when it was taken, where its file does', async () => {
    const ome = `<?xml version="1.0"?><OME><Image><AcquisitionDate>2016-03-01T14:05:09</AcquisitionDate><Pixels SizeX="${SIDE}" SizeY="${SIDE}" SizeZ="1" SizeC="1" SizeT="1"><TiffData/></Pixels></Image></OME>`;
    const { job, images } = await upload(imageJ(ome, [flat(100)]), 'C7.ome.tif', 'PHASE_CONTRAST');
    await ingest(job);
    const acquiredAt = new Date('2016-03-01T14:05:09Z');
    expect(await images()).toMatchObject([
      { status: 'READY', timePoint: null, acquiredAt, acquiredFrom: 'EXPOSURE' },
    ]);
  });
});

describe('a z-stack', () => {
  const planes = [checks(10), checks(300), checks(40)];
  const stack = imageJ('ImageJ=1.54f\nimages=3\nslices=3', planes);

  it('gives its sharpest plane in transmitted light, and says which', async () => {
    const { job, images } = await upload(stack, 'B2.tif', 'PHASE_CONTRAST');
    await ingest(job);
    const made = await images();
    expect(made).toMatchObject([{ name: 'B2.tif', stackPlanes: 3, stackPlane: 2, timePoint: null }]);
    expect(await Promise.all(made.map(pixelsOf))).toEqual([[...checks(300)]]);
  });

  it('gives the maximum of its planes in fluorescence', async () => {
    const bright = imageJ('ImageJ=1.54f\nimages=2\nslices=2', [
      flat(100).fill(900, 0, 50),
      flat(200).fill(50, 0, 50),
    ]);
    const { job, images } = await upload(bright, 'B2.tif', 'FLUORESCENCE');
    await ingest(job);
    const made = await images();
    expect(made).toMatchObject([{ stackPlanes: 2, stackPlane: null, planeChecksum: expect.any(String) }]);
    expect(await Promise.all(made.map(pixelsOf))).toEqual([[...flat(200).fill(900, 0, 50)]]);
  });

  it('is one picture at every time point', async () => {
    const order = 'ImageJ=1.54f\nimages=4\nslices=2\nframes=2';
    const file = imageJ(order, [checks(10), checks(50), checks(60), checks(20)]);
    const { job, images } = await upload(file, 'B3.tif', 'BRIGHTFIELD');
    await ingest(job);
    expect(await images()).toMatchObject([
      { timePoint: 1, stackPlanes: 2, stackPlane: 2 },
      { timePoint: 2, stackPlanes: 2, stackPlane: 1 },
    ]);
  });
});

it('a picture of one plane costs two statements, and is read from its original', async () => {
  const file = imageJ('ImageJ=1.54f', [flat(7)]);
  const { id, job, images } = await upload(file, 'A1.tif', 'PHASE_CONTRAST');
  const watch = new StatementWatch();
  try {
    await ingest(job);
    expect(watch.take()).toHaveLength(2);
  } finally {
    watch.stop();
  }
  const made = await images();
  const nothing = { timePoint: null, seriesId: null, stackPlanes: null, planeChecksum: null };
  expect(made).toMatchObject([{ id, name: 'A1.tif', status: 'READY', ...nothing }]);
  expect(await Promise.all(made.map(pixelsOf))).toEqual([[...flat(7)]]);
});

it('an upload whose checksum was announced stays where it came, and another is kept with its own', async () => {
  const file = imageJ('ImageJ=1.54f', [flat(7)]);
  const announced = await upload(file, 'A1.tif', 'PHASE_CONTRAST');
  const [{ datasetId, originalKey: came } = { datasetId: '', originalKey: null }] = await announced.images();
  const ticket = { fileName: 'A1.tif', contentType: 'image/tiff', sizeBytes: file.length, createdById };
  const { id: uploadId } = await database.upload.create({
    data: { ...ticket, datasetId, checksum: sha256(file), expiresAt: new Date() },
  });
  await database.image.update({ where: { id: announced.id }, data: { uploadId } });
  await ingest(announced.job);
  expect(await announced.images()).toMatchObject([{ originalKey: came, checksum: sha256(file) }]);
  const unknown = await upload(file, 'A2.tif', 'PHASE_CONTRAST');
  await ingest(unknown.job);
  await parts.leftovers.remove();
  const originalKey = `images/${lab}/${unknown.id}/original`;
  expect(await unknown.images()).toMatchObject([{ originalKey, checksum: sha256(file) }]);
  expect(await storage.head(objectKey(originalKey))).toMatchObject({ sha256: sha256(file) });
  expect(await Promise.all((await announced.images()).map(pixelsOf))).toEqual([[...flat(7)]]);
});

it('pages that nobody has named are refused, with what to do', async () => {
  const pages = imageJ('', [flat(1)]);
  // The directory follows itself, as a second page with the same strip.
  const at = Buffer.from(pages).readUInt32LE(4);
  const again = Buffer.concat([pages, pages.subarray(at)]);
  again.writeUInt32LE(pages.length, pages.length - 4);
  const { id, job } = await upload(again, 'E4.tif', 'PHASE_CONTRAST');
  await database.job.update({ where: { id: job.id }, data: { status: 'QUEUED', attempt: 0 } });
  const ended = Promise.withResolvers<string>();
  const stop = await takeJobs({
    ...{
      database,
      queue,
      handlers: { INGEST: ingestImage(parts) },
      concurrency: { quick: 1 },
      worker: 'test',
    },
    log: ({ event, jobId, error }) =>
      jobId === job.id && event !== 'taken' && ended.resolve(error?.code ?? event),
  });
  try {
    await queue.send('quick', { jobId: job.id });
    expect(await ended.promise).toBe('IMAGE_AMBIGUOUS');
  } finally {
    await stop();
  }
  expect(await database.image.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'FAILED',
    errorCode: 'IMAGE_AMBIGUOUS',
    errorMessage: expect.stringContaining('"E4.tif": it has 2 pages and does not say'),
    errorCure: expect.stringContaining('Fiji'),
  });
});
