import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab, mutate, uploadFiles } from '@cellmixer/api-client';
import { type Database, openDatabase } from '@cellmixer/database';
import { type DrawnPicture, drawMixture } from '@cellmixer/demo-cultures';
import { readEnvironment } from '@cellmixer/environment';
import { encodePng } from '@cellmixer/imaging';
import { startLocalServer, startPostgres } from '@cellmixer/local-server';
import { modelKey, objectKey as objectKeyOf, openStorage, type Storage } from '@cellmixer/storage';
import { z } from 'zod';
import { fixtureLines, fixtureModel } from './fixture-model.ts';

/** A lab with three mixtures in two wells, and a model and its baseline that found their way in without training. */
export interface ResultsLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly database: Database;
  readonly storage: Storage;
  readonly folder: string;
  readonly project: string;
  readonly projectId: string;
  readonly version: string;
  /** In the order of the wells. */
  readonly imageIds: readonly string[];
  readonly lineIds: readonly string[];
  /** The model, its baseline. */
  readonly modelVersions: readonly string[];
}

const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };

/** The id in the database of a node's id. */
export function rowId(nodeId: string): string {
  return Buffer.from(nodeId, 'base64').toString().split(':')[1] ?? '';
}

export async function openResultsLab(): Promise<ResultsLab> {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  const postgres = await startPostgres({ folder: join(folder, 'postgres') });
  const keys = { S3_ACCESS_KEY: 'results-access', S3_SECRET_KEY: 'results-secret-of-the-test' };
  const variables = {
    ...process.env,
    ...keys,
    DATABASE_URL: postgres.url,
    DATA_DIR: join(folder, 'server'),
    WORKER_CONCURRENCY: '1',
  };
  const environment = readEnvironment(variables);
  const server = await startLocalServer({
    environment,
    variables,
    root: resolve(import.meta.dirname, '../..'),
    say: () => {},
  });
  const database = openDatabase(postgres.url);
  const { ports } = z
    .object({ ports: z.object({ bucket: z.number() }) })
    .parse(JSON.parse(readFileSync(join(folder, 'server', 'state.json'), 'utf8')));
  const endpoint = `http://127.0.0.1:${ports.bucket}`;
  const storage = openStorage({
    endpoint,
    publicEndpoint: endpoint,
    region: environment.S3_REGION,
    bucket: environment.S3_BUCKET,
    accessKey: keys.S3_ACCESS_KEY,
    secretKey: keys.S3_SECRET_KEY,
  });
  const lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab A');
  const pictures = await addPictures(lab, database, storage, folder);
  const modelVersions = await addModels(database, storage, rowId(pictures.project), pictures.lineIds);
  return {
    lab,
    database,
    storage,
    folder,
    projectId: rowId(pictures.project),
    ...pictures,
    modelVersions,
    async [Symbol.asyncDispose]() {
      await database.$disconnect();
      await server.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addPictures(lab: Lab, database: Database, storage: Storage, folder: string) {
  const { organization } = lab;
  const project = await lab.make('createProject', { organization, name: 'Mixtures' }, 'project');
  const lines: string[] = [];
  for (const name of fixtureLines)
    lines.push(await lab.make('registerCellLine', { organization, name }, 'cellLine'));
  const dataset = await lab.make(
    'createDataset',
    { project, name: 'Plate 1', modality: 'PHASE_CONTRAST' },
    'dataset',
  );
  mkdirSync(join(folder, 'pictures'));
  const images: string[] = [];
  for (const [field, well] of ['B2', 'B2', 'B3'].entries()) {
    const fractions = Object.fromEntries(fixtureLines.map((line) => [line, 0.5]));
    const drawn = drawMixture({ fractions, well: field + 3, field: 1, seed: 6, width: 320, height: 256 });
    const path = join(folder, 'pictures', `plate1_${well}_${field + 1}.png`);
    writeFileSync(path, await encodePng(drawn.image));
    const [file] = await uploadFiles(lab.client, dataset, [path]);
    const image = file?.imageId ?? '';
    images.push(image);
    const labels = [{ images: [image], sample: `Mix ${well}`, cellLines: lines, well, replicate: 'R1' }];
    await mutate(lab.client, 'labelImages', { dataset, labels }, 'images { id }', z.unknown());
    await lab.ended('Image', image, 'status', z.object({ status: z.literal('READY') }));
    await addTruth(database, storage, rowId(image), drawn, lines.map(rowId));
  }
  const lineIds = lines.map(rowId);
  await database.sampleLine.updateMany({ where: { cellLineId: lineIds[0] ?? '' }, data: { fraction: 0.25 } });
  await database.sampleLine.updateMany({ where: { cellLineId: lineIds[1] ?? '' }, data: { fraction: 0.75 } });
  const version = await lab.make('snapshotDataset', { dataset }, 'version');
  return { project, version, imageIds: images.map(rowId), lineIds };
}

/** The drawn truth as annotations: a map of classes, and one of instances. */
async function addTruth(
  database: Database,
  storage: Storage,
  imageId: string,
  drawn: DrawnPicture,
  lineIds: readonly string[],
): Promise<void> {
  const { createdById } = await database.image.findUniqueOrThrow({ where: { id: imageId } });
  const classes = { 1: lineIds[0] ?? '', 2: lineIds[1] ?? '' };
  for (const [at, map] of [
    { ...drawn.types, channels: 1 },
    { ...drawn.instances, channels: 1, data: Uint16Array.from(drawn.instances.data) },
  ].entries()) {
    const objectKey = objectKeyOf(`annotations/${imageId}/${at + 1}.png`);
    await storage.put(objectKey, await encodePng(map), { contentType: 'image/png' });
    await database.annotation.create({
      data: {
        ...{ imageId, revision: at + 1, objectKey, createdById },
        ...(at === 0 ? { kind: 'CLASS_MAP', classes } : { kind: 'INSTANCE_MAP', classes: {} }),
      },
    });
  }
}

async function addModels(
  database: Database,
  storage: Storage,
  projectId: string,
  lineIds: readonly string[],
): Promise<string[]> {
  const { createdById } = await database.project.findUniqueOrThrow({ where: { id: projectId } });
  const version = await database.datasetVersion.findFirstOrThrow();
  const ids: string[] = [];
  let baselineOfId: string | null = null;
  for (const [name, deviation] of [
    ['CellMixer', 0],
    ['CellMixer (baseline)', 0.01],
  ] as const) {
    const run: { id: string } = await database.trainingRun.create({
      data: {
        ...{ projectId, name, preset: 'fast', steps: 1, seed: 10, settings: {}, createdById, baselineOfId },
        method: baselineOfId === null ? 'CELLMIXER' : 'BASELINE',
        status: 'SUCCEEDED',
      },
    });
    baselineOfId = run.id;
    for (const [position, line] of fixtureLines.entries()) {
      const made = await database.trainingClass.create({
        data: { runId: run.id, position, name: line, colour: position === 0 ? '#56b4e9' : '#e69f00' },
      });
      await database.trainingSource.create({
        data: { runId: run.id, versionId: version.id, cellLineId: lineIds[position] ?? '', classId: made.id },
      });
    }
    const model = await database.model.create({ data: { projectId, name, createdById } });
    const { bytes, metadata } = fixtureModel(deviation);
    const objectKey = modelKey(model.id, 1);
    const { sha256 } = await storage.put(objectKey, bytes, { contentType: 'application/octet-stream' });
    const { id } = await database.modelVersion.create({
      data: {
        modelId: model.id,
        number: 1,
        trainingRunId: run.id,
        classes: metadata.types,
        colours: ['#56b4e9', '#e69f00'],
        calibration: metadata.calibration,
        card: { run: metadata.run },
        objectKey,
        sizeBytes: BigInt(bytes.length),
        checksum: sha256,
      },
    });
    ids.push(Buffer.from(`ModelVersion:${id}`).toString('base64'));
  }
  return ids;
}
