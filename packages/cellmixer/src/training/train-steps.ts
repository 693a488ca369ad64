import { CellMixerError } from '@cellmixer/errors';
import {
  createSchedule,
  decayFrom,
  decodeCheckpoint,
  encodeCheckpoint,
  fingerprintDifferences,
  learningRate,
  type Schedule,
  type Trainer,
  takeFingerprint,
  type UNetOptions,
} from '@cellmixer/nn';
import type { CheckpointStore } from '../contracts.ts';
import type { Sampler } from '../mixing/sampler.ts';
import type { TrainingEvent } from './events.ts';
import { isPlateau } from './plateau.ts';
import type { TrainingSettings } from './settings.ts';
import type { Validation } from './validation.ts';

type Emit = (event: TrainingEvent) => void;

export interface StepsContext {
  readonly trainer: Trainer;
  readonly network: UNetOptions;
  readonly sampler: Sampler;
  readonly settings: TrainingSettings;
  readonly identity: string;
  readonly checkpoint: CheckpointStore | undefined;
  readonly look: () => Promise<Validation>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Where a run stands besides the trainer's own state. */
export interface Progress {
  schedule: Schedule;
  /** Mean IoU of every look so far, oldest first. */
  readonly looks: number[];
}

/** Goes on from a stored checkpoint of the same run, if there is one. */
export async function resume(context: StepsContext): Promise<Progress> {
  const { trainer, settings, checkpoint, identity, emit } = context;
  const bytes = await checkpoint?.load();
  const fingerprint = takeFingerprint(trainer);
  if (bytes === undefined || bytes === null) {
    emit({ kind: 'machine', fromStep: 0, fingerprint, differences: [] });
    return { schedule: createSchedule(settings.learningRate, settings.steps), looks: [] };
  }
  const { state, metadata } = decodeCheckpoint(bytes);
  if (metadata.notes?.identity !== identity) {
    throw new CellMixerError('CHECKPOINT_UNREADABLE', 'the checkpoint belongs to another run', {
      cure: 'Give the same pictures, settings and seed as before, or start in an empty folder.',
    });
  }
  await trainer.restore(state);
  const differences = fingerprintDifferences(metadata.fingerprint, fingerprint);
  emit({ kind: 'machine', fromStep: state.step, fingerprint, differences });
  emit({ kind: 'checkpoint', step: state.step, resumed: true });
  return { schedule: metadata.schedule, looks: JSON.parse(metadata.notes.looks ?? '[]') };
}

async function save(context: StepsContext, { schedule, looks }: Progress): Promise<void> {
  const { trainer, network, settings, checkpoint, identity, emit } = context;
  if (checkpoint === undefined) return;
  const state = await trainer.state();
  await checkpoint.save(
    encodeCheckpoint(state, {
      network,
      seed: settings.seed,
      schedule,
      maskGeneration: 0,
      fingerprint: takeFingerprint(trainer),
      notes: { identity, looks: JSON.stringify(looks) },
    }),
  );
  emit({ kind: 'checkpoint', step: state.step, resumed: false });
}

/**
 * Trains from the trainer's step to the last one. Where the validation stands still the decay of the learning rate
 * begins at once and the run ends the earlier. On abort a checkpoint is saved before CANCELLED is thrown.
 */
export async function trainSteps(context: StepsContext, progress: Progress): Promise<void> {
  const { trainer, sampler, settings, emit, signal } = context;
  const started = performance.now();
  const first = trainer.step;
  let savedAt = first;
  while (trainer.step < progress.schedule.steps) {
    if (signal.aborted) {
      if (trainer.step > savedAt) await save(context, progress);
      throw new CellMixerError(
        'CANCELLED',
        `stopped after step ${trainer.step} of ${progress.schedule.steps}`,
      );
    }
    const rate = learningRate(progress.schedule, trainer.step);
    const result = await trainer.trainStep(await sampler.batch(trainer.step), rate);
    const looksNow = settings.validateEvery > 0 && trainer.step % settings.validateEvery === 0;
    if (looksNow && trainer.step < progress.schedule.steps) await look(context, progress);
    const { steps } = progress.schedule;
    const secondsPerStep = (performance.now() - started) / 1000 / (trainer.step - first);
    emit({
      kind: 'step',
      ...result,
      steps,
      learningRate: rate,
      secondsLeft: secondsPerStep * (steps - trainer.step),
    });
    if (trainer.step % settings.checkpointEvery === 0 || trainer.step === steps) {
      await save(context, progress);
      savedAt = trainer.step;
    }
  }
}

async function look(context: StepsContext, progress: Progress): Promise<void> {
  const { trainer, sampler, look, emit } = context;
  const { miou, foregroundIou, typeAccuracy } = await look();
  emit({ kind: 'validation', step: trainer.step, miou, foregroundIou, typeAccuracy });
  emit({ kind: 'samples', step: trainer.step, batch: await sampler.batch(trainer.step), found: null });
  progress.looks.push(miou);
  if (isPlateau(progress.looks)) progress.schedule = decayFrom(progress.schedule, trainer.step);
}
