import { CellMixerError } from '@cellmixer/errors';
import {
  createSchedule,
  decodeCheckpoint,
  encodeCheckpoint,
  learningRate,
  type Trainer,
  takeFingerprint,
  type UNetOptions,
} from '@cellmixer/nn';
import type { CheckpointStore } from '../contracts.ts';
import type { Sampler } from '../mixing/sampler.ts';
import type { TrainingEvent } from './events.ts';
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

/** Goes on from a stored checkpoint of the same run, if there is one. */
export async function resume(context: StepsContext): Promise<void> {
  const { trainer, checkpoint, identity, emit } = context;
  const bytes = await checkpoint?.load();
  if (bytes === undefined || bytes === null) return;
  const { state, metadata } = decodeCheckpoint(bytes);
  if (metadata.notes?.identity !== identity) {
    throw new CellMixerError('CHECKPOINT_UNREADABLE', 'the checkpoint belongs to another run', {
      cure: 'Give the same pictures, settings and seed as before, or start in an empty folder.',
    });
  }
  await trainer.restore(state);
  emit({ kind: 'checkpoint', step: state.step, resumed: true });
}

async function save(context: StepsContext): Promise<void> {
  const { trainer, network, settings, checkpoint, identity, emit } = context;
  if (checkpoint === undefined) return;
  const state = await trainer.state();
  await checkpoint.save(
    encodeCheckpoint(state, {
      network,
      seed: settings.seed,
      schedule: createSchedule(settings.learningRate, settings.steps),
      maskGeneration: 0,
      fingerprint: takeFingerprint(trainer),
      notes: { identity },
    }),
  );
  emit({ kind: 'checkpoint', step: state.step, resumed: false });
}

/** Trains from the trainer's step to the last one. On abort a checkpoint is saved before CANCELLED is thrown. */
export async function trainSteps(context: StepsContext): Promise<void> {
  const { trainer, sampler, settings, look, emit, signal } = context;
  const schedule = createSchedule(settings.learningRate, settings.steps);
  const started = performance.now();
  const first = trainer.step;
  let savedAt = first;
  while (trainer.step < settings.steps) {
    if (signal.aborted) {
      if (trainer.step > savedAt) await save(context);
      throw new CellMixerError('CANCELLED', `stopped after step ${trainer.step} of ${settings.steps}`);
    }
    const rate = learningRate(schedule, trainer.step);
    const result = await trainer.trainStep(await sampler.batch(trainer.step), rate);
    const secondsPerStep = (performance.now() - started) / 1000 / (trainer.step - first);
    emit({
      kind: 'step',
      ...result,
      steps: settings.steps,
      learningRate: rate,
      secondsLeft: secondsPerStep * (settings.steps - trainer.step),
    });
    if (!Number.isFinite(result.loss)) {
      throw new CellMixerError('INVALID_ARGUMENT', `the loss is ${result.loss} at step ${result.step}`, {
        subject: 'learningRate',
        cure: `Train with a learning rate below ${settings.learningRate}.`,
      });
    }
    const last = trainer.step === settings.steps;
    if (trainer.step % settings.checkpointEvery === 0 || last) {
      await save(context);
      savedAt = trainer.step;
    }
    if (settings.validateEvery > 0 && trainer.step % settings.validateEvery === 0 && !last) {
      const { miou, foregroundIou, typeAccuracy } = await look();
      emit({ kind: 'validation', step: trainer.step, miou, foregroundIou, typeAccuracy });
    }
  }
}
