import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelMetadata, modelMetadataSchema } from '@cellmixer/cellmixer';
import type { Database, Prisma, TrainingRun } from '@cellmixer/database';
import { checkpointed, type Handler, type HeldJob, succeed, tell } from '@cellmixer/jobs';
import { attemptKey, modelKey, objectKey } from '@cellmixer/storage';
import { fetchObject } from '../fetch-object.ts';
import { methodModality } from '../method-modality.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';
import { Curves } from './curves.ts';
import { fetchCultures } from './fetch-cultures.ts';
import { runTrainingProcess, type TrainingOutcome } from './run-training-process.ts';
import type { TrainingOrder } from './training-process.ts';

/** Steps between two checkpoints: what a killed worker costs at most. Does not change the result. */
const CHECKPOINT_EVERY = 25;

/** Trains one network and publishes it as a model version. Taken over, it goes on from the last checkpoint. */
export function train(parts: Parts): Handler<'TRAIN'> {
  const { database, storage } = parts;
  return ({ trainingRunId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const run = await database.trainingRun.findUniqueOrThrow({ where: { id: trainingRunId } });
      const { cultures, modality } = await fetchCultures(parts, trainingRunId, folder, signal);
      const order: TrainingOrder = {
        cultures,
        settings: settingsOf(run, methodModality(modality)),
        checkpoint: join(folder, 'checkpoint.safetensors'),
        model: join(folder, 'model.onnx'),
      };
      if (run.checkpointKey !== null) await fetchObject(storage, run.checkpointKey, order.checkpoint, signal);
      const curves = new Curves(database, job, run.id);
      await curves.restartAfter(run.checkpointKey === null ? 0 : run.step);
      let publishing: Promise<void> = Promise.resolve();
      const outcome = await runTrainingProcess(order, signal, {
        event: (event) => {
          curves.add(event);
          if (event.kind === 'step')
            progress({ done: event.step, total: event.steps, secondsLeft: event.secondsLeft });
        },
        checkpoint: (step) => {
          publishing = publishing.then(() => publishCheckpoint(parts, job, run.id, order.checkpoint, step));
          // A failure is met where the checkpoint is waited for.
          publishing.catch(() => {});
        },
      });
      await publishing;
      await curves.close();
      signal.throwIfAborted();
      await publishModel(parts, job, run, order.model, outcome);
    });
}

function settingsOf(
  run: TrainingRun,
  modality: 'transmitted' | 'stained' | 'fluorescence',
): TrainingOrder['settings'] {
  const { cellDiameterPx } = (run.settings ?? {}) as { readonly cellDiameterPx?: number };
  return {
    method: run.method === 'BASELINE' ? 'baseline' : 'cellmixer',
    preset: run.preset as 'fast' | 'balanced' | 'accurate',
    steps: run.steps,
    seed: run.seed,
    modality,
    checkpointEvery: CHECKPOINT_EVERY,
    ...(cellDiameterPx === undefined ? {} : { cellDiameterPx }),
  };
}

async function publishCheckpoint(
  { database, storage }: Parts,
  job: HeldJob,
  runId: string,
  file: string,
  step: number,
): Promise<void> {
  const key = attemptKey(job.id, job.attempt, `checkpoint-${step}.safetensors`);
  await storage.put(key, await readFile(file), { contentType: 'application/octet-stream' });
  let old: string | null = null;
  await checkpointed(database, job, async (tx) => {
    const before = await tx.trainingRun.findUniqueOrThrow({
      where: { id: runId },
      select: { checkpointKey: true },
    });
    old = before.checkpointKey;
    await tx.trainingRun.update({ where: { id: runId }, data: { checkpointKey: key, step } });
    await tell(tx, 'TrainingRun', runId);
  });
  if (old !== null && old !== key) await storage.delete(objectKey(old)).catch(() => {});
}

async function publishModel(
  { database, storage }: Parts,
  job: HeldJob,
  run: TrainingRun,
  file: string,
  outcome: TrainingOutcome,
): Promise<void> {
  const metadata = modelMetadataSchema.parse(outcome.metadata);
  const model = await obtainModel(database, run);
  const last = await database.modelVersion.aggregate({
    where: { modelId: model.id },
    _max: { number: true },
  });
  const number = (last._max.number ?? 0) + 1;
  const key = modelKey(model.id, number);
  const bytes = await readFile(file);
  const { sha256 } = await storage.put(key, bytes, { contentType: 'application/octet-stream' });
  const classes = await database.trainingClass.findMany({
    where: { runId: run.id },
    orderBy: { position: 'asc' },
  });
  await succeed(database, job, async (tx) => {
    await tx.modelVersion.create({
      data: {
        modelId: model.id,
        number,
        trainingRunId: run.id,
        classes: metadata.types,
        colours: classes.map((one) => one.colour),
        calibration: { ...metadata.calibration, intensityScale: [...metadata.calibration.intensityScale] },
        card: cardOf(metadata, outcome),
        objectKey: key,
        sizeBytes: BigInt(bytes.length),
        checksum: sha256,
      },
    });
    await tx.trainingRun.update({ where: { id: run.id }, data: { step: metadata.run.steps } });
  });
}

/** A model's versions come from runs of one name; a baseline has a model of its own. */
async function obtainModel(database: Database, run: TrainingRun): Promise<{ readonly id: string }> {
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "Project" WHERE id = ${run.projectId}::uuid FOR UPDATE`;
    const where = { projectId: run.projectId, name: run.name, deletedAt: null };
    const known = await tx.model.findFirst({ where, select: { id: true } });
    if (known !== null) return known;
    const { projectId, name, createdById } = run;
    return tx.model.create({ data: { projectId, name, createdById }, select: { id: true } });
  });
}

/** What a person must know before using the model. */
function cardOf(metadata: ModelMetadata, { validation }: TrainingOutcome): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify({ run: metadata.run, typeHead: metadata.typeHead, validation }));
}
