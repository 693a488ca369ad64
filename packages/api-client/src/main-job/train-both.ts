import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { mutate } from '../mutate.ts';
import { mutateOnce } from '../mutate-once.ts';
import { demandSuccess } from './demand-success.ts';
import type { MainJobListener } from './main-job.ts';

export interface TrainingOrder {
  readonly project: string;
  readonly name: string;
  readonly preset: string;
  readonly steps: number;
  readonly seed: number;
  readonly versions: readonly string[];
  readonly classes: readonly object[];
}

const endedShape = z.object({
  id: z.string(),
  status: z.string(),
  steps: z.number(),
  errorMessage: z.string().nullable(),
  errorCure: z.string().nullable(),
});

const trainedShape = z.object({
  id: z.string(),
  steps: z.number(),
  createdAt: z.string(),
  finishedAt: z.string(),
  metrics: z.array(
    z.object({
      step: z.number(),
      foregroundLoss: z.number().nullable(),
      typeLoss: z.number().nullable(),
    }),
  ),
  modelVersion: z.object({
    id: z.string(),
    classes: z.array(z.string()),
    calibration: z.unknown(),
    card: z.unknown(),
  }),
});
const trainedFields = `id steps createdAt finishedAt metrics { step foregroundLoss typeLoss }
  modelVersion { id classes
    calibration { modality channels cellDiameterPx workingScale pixelSizeUm intensityScale noise }
    card { run { method preset seed steps batch cropSize learningRate provider lowering } } }`;

/** A training that ended well: its curves and the version that it made. */
export type TrainedModel = z.output<typeof trainedShape>;

/** The trainings of a project that have not ended, by what they would make. */
const openShape = z.object({
  id: z.string(),
  name: z.string(),
  method: z.string(),
  status: z.string(),
  steps: z.number(),
  seed: z.number(),
  preset: z.string(),
  baseline: z.object({ id: z.string() }).nullable(),
});
const openFields = 'id name method status steps seed preset baseline { id }';

/**
 * Trains on pure cultures with mixing, and the baseline without, and waits for both.
 *
 * @param mayGoOn whether a training of the same order that was interrupted is taken up; only where its pictures are
 *   these
 */
export async function trainBoth(
  lab: Lab,
  order: TrainingOrder,
  mayGoOn: boolean,
  listener: MainJobListener,
): Promise<{ readonly cellmixer: TrainedModel; readonly baseline: TrainedModel }> {
  listener.begin('train');
  const open = await listInterrupted(lab, order);
  const known = mayGoOn ? findSame(open, order) : null;
  if (known === null) await cancel(lab, open);
  const runs = known ?? (await begin(lab, order));
  const cellmixer = await trained(lab, runs.cellmixer, listener);
  const words = known === null ? '' : ' (an interrupted training went on)';
  listener.end(`${cellmixer.steps} steps${words}`);
  listener.begin('baseline');
  const baseline = await trained(lab, runs.baseline, listener);
  listener.end(`${baseline.steps} steps`);
  return { cellmixer, baseline };
}

async function begin(lab: Lab, order: TrainingOrder) {
  const made = z.object({ id: z.string() });
  const { trainingRun, baseline } = await mutateOnce(
    lab.client,
    'createTrainingRun',
    { ...order },
    'trainingRun { id } baseline { id }',
    z.object({ trainingRun: made, baseline: made }),
  );
  return { cellmixer: trainingRun.id, baseline: baseline.id };
}

type KnownRun = z.output<typeof openShape>;

/** Trainings of this name that wait or run, and the partners of such. */
async function listInterrupted(lab: Lab, { project, name }: TrainingOrder): Promise<KnownRun[]> {
  const runs = await lab.list('Project', project, 'trainingRuns', openFields, openShape);
  const isOpen = (run: KnownRun | undefined) => run?.status === 'QUEUED' || run?.status === 'RUNNING';
  const byId = new Map(runs.map((run) => [run.id, run]));
  return runs.filter(
    (run) =>
      run.name === name && (isOpen(run) || (run.baseline !== null && isOpen(byId.get(run.baseline.id)))),
  );
}

function findSame(open: readonly KnownRun[], { steps, seed, preset }: TrainingOrder) {
  const run = open.find((one) => one.method === 'CELLMIXER');
  if (run === undefined || run.baseline === null) return null;
  const same = run.steps === steps && run.seed === seed && run.preset === preset;
  const goesOn = ['QUEUED', 'RUNNING', 'SUCCEEDED'].includes(run.status);
  return same && goesOn ? { cellmixer: run.id, baseline: run.baseline.id } : null;
}

/** A training that nobody waits for would only hold up the new one. */
async function cancel(lab: Lab, open: readonly KnownRun[]): Promise<void> {
  for (const run of open) {
    if (run.status !== 'QUEUED' && run.status !== 'RUNNING') continue;
    await mutate(lab.client, 'cancelTrainingRun', { trainingRun: run.id }, 'trainingRun { id }', z.unknown());
  }
}

async function trained(lab: Lab, id: string, listener: MainJobListener): Promise<TrainedModel> {
  const fields = 'id status step steps errorMessage errorCure';
  const run = await lab.ended('TrainingRun', id, fields, endedShape, {
    onLook: ({ step, steps }) =>
      listener.tell(Number(step) / Math.max(1, Number(steps)), `step ${step}/${steps}`),
  });
  demandSuccess('the training', run);
  return lab.look('TrainingRun', id, trainedFields, trainedShape);
}
