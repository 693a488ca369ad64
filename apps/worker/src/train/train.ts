import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelMetadataSchema } from '@cellmixer/cellmixer';
import { trainingChoicesSchema } from '@cellmixer/cellmixer/settings';
import type { Database, TrainingRun, TrainingSamplePicture } from '@cellmixer/database';
import { checkpointed, type Handler, type HeldJob, succeed, tell, whileHeld } from '@cellmixer/jobs';
import { attemptKey, modelKey, objectKey } from '@cellmixer/storage';
import { fetchObject } from '../fetch-object.ts';
import { methodModality } from '../method-modality.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';
import { cardOf, type LeftOut } from './card-of.ts';
import { type FetchedCultures, fetchCultures } from './fetch-cultures.ts';
import { type DrawnPictures, runTrainingProcess, type TrainingOutcome } from './run-training-process.ts';
import type { TrainingOrder } from './training-process.ts';
import { TrainingRecord } from './training-record.ts';

/** Trains one network and publishes it as a model version. Taken over, it goes on from the last checkpoint. */
export function train(parts: Parts): Handler<'TRAIN'> {
  const { database, storage, worker } = parts;
  return ({ trainingRunId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const run = await database.trainingRun.findUniqueOrThrow({ where: { id: trainingRunId } });
      const record = new TrainingRecord(database, job, run.id, worker);
      await record.restartAfter(run.checkpointStep);
      // Else its first lines would stand in the log twice, and nobody knew why.
      if (job.attempt > 1) record.say('WARNING', 'Taken up again: the attempt before was cut off.');
      try {
        const { holdOut, ...settings } = trainingChoicesSchema.parse({
          ...Object(run.settings),
          preset: run.preset,
          steps: run.steps,
          seed: run.seed,
        });
        const fetched = await fetchCultures(parts, run, holdOut, folder, signal);
        const isNullSplit = run.nullSplitOfId !== null;
        if (isNullSplit) {
          for (const [i, { type }] of fetched.cultures.entries())
            record.say('INFO', `${type}: replicates ${fetched.replicates[i]?.trained.join(', ')}.`);
        }
        const order: TrainingOrder = {
          cultures: fetched.cultures,
          heldOut: fetched.heldOut,
          isNullSplit,
          colours: fetched.colours,
          settings: {
            ...settings,
            method: run.method === 'BASELINE' ? 'baseline' : 'cellmixer',
            modality: methodModality(fetched.modality),
            provider: parts.provider,
          },
          checkpoint: join(folder, 'checkpoint.safetensors'),
          model: join(folder, 'model.onnx'),
        };
        if (run.checkpointKey !== null) {
          await fetchObject(storage, run.checkpointKey, order.checkpoint, signal);
        }
        const leftOut: LeftOut[] = [];
        // One after another; a failure is met at the end.
        let publishing: Promise<void> = Promise.resolve();
        const publish = (work: () => Promise<void>) => {
          publishing = publishing.then(work);
          publishing.catch(() => {});
        };
        const outcome = await runTrainingProcess(order, signal, {
          event: (event) => {
            record.add(event);
            if (event.kind === 'foreground' && !event.used) leftOut.push(event);
            if (event.kind === 'step')
              progress({ done: event.step, total: event.steps, secondsLeft: event.secondsLeft });
          },
          pictures: (pictures) => publish(() => publishPictures(parts, job, run.id, pictures)),
          checkpoint: (step) => publish(() => publishCheckpoint(parts, job, run.id, order.checkpoint, step)),
        });
        await publishing;
        record.say(
          'INFO',
          outcome.toldApart === null
            ? 'The model is made.'
            : `The halves are told apart with an accuracy of ${outcome.toldApart.toFixed(3)}; chance is 0.5.`,
        );
        await record.close();
        signal.throwIfAborted();
        if (isNullSplit) await publishNullSplit(parts, job, run, outcome);
        else await publishModel(parts, job, run, order.model, outcome, fetched, leftOut);
      } catch (error) {
        if (!signal.aborted) record.say('ERROR', error instanceof Error ? error.message : String(error));
        await record.close().catch(() => {});
        throw error;
      }
    });
}

async function publishPictures(
  { database, storage }: Parts,
  job: HeldJob,
  runId: string,
  { step, predicted, samples }: DrawnPictures,
): Promise<void> {
  const kind = predicted ? 'PREDICTION' : 'SAMPLE';
  const rows: TrainingSamplePicture[] = [];
  for (const [position, { picture, labels, prediction }] of samples.entries()) {
    const put = async (what: string, bytes: Uint8Array) => {
      const key = attemptKey(job.id, job.attempt, `${kind}-${step}-${position}-${what}.png`.toLowerCase());
      await storage.put(key, Buffer.from(bytes), { contentType: 'image/png' });
      return key;
    };
    rows.push({
      ...{ runId, kind, step, position },
      pictureKey: await put('picture', picture),
      labelsKey: await put('labels', labels),
      predictionKey: prediction === null ? null : await put('prediction', prediction),
    });
  }
  await whileHeld(database, job, async (tx) => {
    await tx.trainingSamplePicture.deleteMany({ where: { runId, kind, step } });
    await tx.trainingSamplePicture.createMany({ data: rows });
    await tell(tx, 'TrainingRun', runId);
  });
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
    await tx.trainingRun.update({
      where: { id: runId },
      data: { checkpointKey: key, checkpointStep: step, step },
    });
    await tell(tx, 'TrainingRun', runId);
  });
  if (old !== null && old !== key) await storage.delete(objectKey(old)).catch(() => {});
}

/** Its network is of no use to anybody: only what it was trained for stays. */
async function publishNullSplit(
  { database }: Parts,
  job: HeldJob,
  run: TrainingRun,
  outcome: TrainingOutcome,
): Promise<void> {
  const metadata = modelMetadataSchema.parse(outcome.metadata);
  await succeed(database, job, async (tx) => {
    await tx.trainingRun.update({
      where: { id: run.id },
      data: { step: metadata.run.steps, nullSplitAccuracy: outcome.toldApart },
    });
    if (run.nullSplitOfId !== null) await tell(tx, 'ModelVersion', run.nullSplitOfId);
  });
}

async function publishModel(
  { database, storage }: Parts,
  job: HeldJob,
  run: TrainingRun,
  file: string,
  outcome: TrainingOutcome,
  fetched: FetchedCultures,
  leftOut: readonly LeftOut[],
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
  const attempts = await database.trainingAttempt.findMany({
    where: { runId: run.id },
    orderBy: { number: 'asc' },
  });
  await succeed(database, job, async (tx) => {
    await tx.modelVersion.create({
      data: {
        modelId: model.id,
        number,
        trainingRunId: run.id,
        classes: metadata.types,
        colours: [...fetched.colours],
        calibration: { ...metadata.calibration, intensityScale: [...metadata.calibration.intensityScale] },
        card: cardOf({ metadata, outcome, fetched, leftOut, attempts }),
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
