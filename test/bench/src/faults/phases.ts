import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mutate, uploadFiles } from '@cellmixer/api-client';
import { objectKey } from '@cellmixer/storage';
import { z } from 'zod';
import { persist } from './persist.ts';
import type { Outcome, Phase, Scene } from './scene.ts';
import { watchTakeover } from './takeover.ts';

/** How long (ms) a phase may take in all. */
const PATIENCE = 10 * 60_000;
let counter = 0;

async function makeDataset({ lab, project }: Scene): Promise<string> {
  counter += 1;
  const input = {
    project,
    name: `Set ${counter}`,
    modality: 'PHASE_CONTRAST',
    idempotencyKey: `set-${counter}`,
  };
  return persist(() => lab.make('createDataset', input, 'dataset'));
}

/** Uploads until all are there, as a person would: what failed again. */
async function uploadAll({ lab }: Scene, dataset: string, paths: readonly string[], onFirst?: () => void) {
  let missing = paths;
  for (const until = Date.now() + PATIENCE; missing.length > 0; ) {
    if (Date.now() > until) throw new Error(`${missing.length} files could not be uploaded`);
    const onProgress = (done: number) => {
      if (done > 0) onFirst?.();
    };
    const sent = await persist(() => uploadFiles(lab.client, dataset, missing, { atOnce: 2, onProgress }));
    missing = sent.filter((file) => file.imageId === null).map((file) => file.path);
    if (missing.length > 0) await pause(1000);
  }
}

/** Waits until no picture of a dataset is being read any more, and says which are lost or there twice. */
async function readAll(
  scene: Scene,
  dataset: string,
  paths: readonly string[],
): Promise<Omit<Outcome, 'takeover'>> {
  const { lab, server } = scene;
  const shape = z.object({ id: z.string(), name: z.string(), status: z.string() });
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(300)) {
    const images = await persist(() => lab.list('Dataset', dataset, 'images', 'id name status', shape));
    if (images.some((image) => image.status === 'INGESTING')) continue;
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const name of paths.map((path) => basename(path))) {
      const found = images.filter((image) => image.name === name);
      if (!found.some((image) => image.status === 'READY')) lost.push(name);
      if (found.length > 1) doubled.push(name);
    }
    const rows = await server.database.image.findMany({
      where: { id: { in: images.map((image) => rowIdOf(image.id)) }, status: 'READY' },
    });
    for (const { name, originalKey, pyramidKey, thumbnailKey } of rows) {
      for (const key of [originalKey, pyramidKey, thumbnailKey]) {
        if (!(await isThere(scene, key))) lost.push(`${name}: ${key}`);
      }
    }
    return { lost, doubled };
  }
  throw new Error('the pictures were not read');
}

async function isThere({ server }: Scene, key: string | null): Promise<boolean> {
  if (key === null) return false;
  return (await server.storage.head(objectKey(key))) !== null;
}

export function rowIdOf(id: string): string {
  return Buffer.from(id, 'base64').toString().split(':').at(-1) ?? '';
}

/** Brings the pure cultures in, labels them, and takes a snapshot. */
export async function snapshotCultures(
  { lab, project }: Pick<Scene, 'lab' | 'project'>,
  cultures: Scene['cultures'],
  lines: Scene['lines'],
): Promise<string> {
  const dataset = await lab.make(
    'createDataset',
    { project, name: 'Pure', modality: 'PHASE_CONTRAST' },
    'dataset',
  );
  for (const [line, paths] of cultures) {
    for (const [well, path] of paths.entries()) {
      const [sent] = await uploadFiles(lab.client, dataset, [path]);
      const label = { sample: `${line} ${well}`, images: [sent?.imageId], cellLines: [lines.get(line)] };
      await mutate(lab.client, 'labelImages', { dataset, labels: [label] }, 'images { id }', z.unknown());
    }
  }
  const shape = z.object({ status: z.string() });
  while ((await lab.list('Dataset', dataset, 'images', 'status', shape)).some((i) => i.status !== 'READY'))
    await pause(300);
  return lab.make('snapshotDataset', { dataset }, 'version');
}

/** Twelve pictures, the fault after the first of them. */
export const upload: Phase = async (scene, strike) => {
  const dataset = await makeDataset(scene);
  await uploadAll(scene, dataset, scene.mixtures, strike);
  return { ...(await readAll(scene, dataset, scene.mixtures)), takeover: null };
};

/** Twelve pictures are read, the fault while they are. */
export const ingest: Phase = async (scene, strike) => {
  const dataset = await makeDataset(scene);
  await uploadAll(scene, dataset, scene.mixtures);
  const took = watchTakeover(scene.server, 'INGEST', strike);
  const end = await readAll(scene, dataset, scene.mixtures);
  return { ...end, takeover: await took.seconds() };
};

/** A training with checkpoints, the fault after the first of them; its model must be the reference's, bit by bit. */
export const training: Phase = async (scene, strike) => {
  const { id, takeover } = await train(scene, strike);
  const rows = await scene.server.database.modelVersion.findMany({ where: { trainingRunId: rowIdOf(id) } });
  const checksum = rows[0]?.checksum ?? 'none';
  const lost = rows.length === 0 ? ['the model'] : [];
  if (rows.length > 0 && checksum !== scene.reference.model) lost.push('equality with the unbroken run');
  return { lost, doubled: rows.length > 1 ? ['the model'] : [], takeover };
};

export const STEPS = 60;

export async function train(scene: Scene, strike: (() => void) | null) {
  const { lab, project, lines, version, server } = scene;
  counter += 1;
  const input = {
    project,
    name: 'Faults',
    versions: [version],
    classes: [...lines].map(([name, id]) => ({ name, cellLines: [id] })),
    preset: 'fast',
    steps: STEPS,
    seed: 1,
    withBaseline: false,
    idempotencyKey: `train-${counter}`,
  };
  const id = await persist(() => lab.make('createTrainingRun', input, 'trainingRun'));
  const row = { where: { id: rowIdOf(id) } };
  let took = null;
  if (strike !== null) {
    while ((await server.database.trainingRun.findUniqueOrThrow(row)).checkpointKey === null)
      await pause(100);
    took = watchTakeover(server, 'TRAIN', strike);
  }
  const shape = z.object({ status: z.string(), errorMessage: z.string().nullable() });
  const ended = await persist(() => lab.ended('TrainingRun', id, 'status errorMessage', shape));
  if (ended.status !== 'SUCCEEDED')
    throw new Error(`the training ended as ${ended.status}: ${ended.errorMessage}`);
  return { id, takeover: (await took?.seconds()) ?? null };
}

/** Twelve mixtures, the fault after the first results; the maps must be the reference's. */
export const segmentation: Phase = async (scene, strike) => {
  const { maps, total, failed, takeover } = await segment(scene, strike);
  const lost = failed === 0 ? [] : [`${failed} of ${total} pictures`];
  for (const [name, hash] of scene.reference.maps)
    if (maps.get(name) !== hash) lost.push(`the map of ${name}`);
  return { lost, doubled: maps.size > scene.mixtures.length ? ['pictures'] : [], takeover };
};

export async function segment(scene: Scene, strike: (() => void) | null) {
  const { lab, server, project, reference } = scene;
  const dataset = await makeDataset(scene);
  await uploadAll(scene, dataset, scene.mixtures);
  await readAll(scene, dataset, scene.mixtures);
  const version = await persist(() => lab.make('snapshotDataset', { dataset }, 'version'));
  const input = {
    project,
    modelVersion: reference.modelVersion,
    version,
    idempotencyKey: `segment-${counter}`,
  };
  const run = await persist(() => lab.make('createSegmentationRun', input, 'segmentationRun'));
  const row = { where: { id: rowIdOf(run) } };
  let took = null;
  if (strike !== null) {
    while ((await server.database.segmentationRun.findUniqueOrThrow(row)).done < 1) await pause(50);
    took = watchTakeover(server, 'SEGMENT', strike);
  }
  const shape = z.object({ status: z.string(), total: z.number(), failed: z.number() });
  const ended = await persist(() => lab.ended('SegmentationRun', run, 'status total failed', shape));
  const one = z.object({ image: z.object({ name: z.string() }), classMapUrl: z.string().nullable() });
  const all = await persist(() =>
    lab.list('SegmentationRun', run, 'segmentations', 'image { name } classMapUrl', one),
  );
  const maps = new Map<string, string>();
  for (const { image, classMapUrl } of all) {
    const bytes = classMapUrl === null ? '' : await persist(() => fetchBytes(classMapUrl));
    maps.set(image.name, createHash('sha256').update(bytes).digest('hex'));
  }
  return { ...ended, maps, takeover: (await took?.seconds()) ?? null };
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for a class map`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Seconds from the wish to cancel a running training until it is cancelled. */
export async function cancelTraining(scene: Scene): Promise<number> {
  const { lab, project, lines, version, server } = scene;
  counter += 1;
  const input = {
    project,
    name: 'Cancelled',
    versions: [version],
    classes: [...lines].map(([name, id]) => ({ name, cellLines: [id] })),
    preset: 'fast',
    steps: 5000,
    seed: 1,
    withBaseline: false,
    idempotencyKey: `cancel-${counter}`,
  };
  const id = await lab.make('createTrainingRun', input, 'trainingRun');
  const row = { where: { id: rowIdOf(id) } };
  while ((await server.database.trainingMetric.count({ where: { runId: rowIdOf(id) } })) < 3)
    await pause(100);
  const started = performance.now();
  await mutate(lab.client, 'cancelTrainingRun', { trainingRun: id }, 'trainingRun { id }', z.unknown());
  while ((await server.database.trainingRun.findUniqueOrThrow(row)).status !== 'CANCELLED') await pause(20);
  return (performance.now() - started) / 1000;
}
