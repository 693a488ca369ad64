import { CellMixerError } from '@cellmixer/errors';

/** Warm-up, a plateau, then a straight line to zero over the last part of the training. */
export interface Schedule {
  /** The learning rate of the plateau. */
  readonly peak: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps in which the rate rises from peak / warmup to the peak. */
  readonly warmup: number;
  /** The step (counted from 0) at which the decay begins. */
  readonly decayStart: number;
}

/**
 * The schedule that trainings use when nothing else is said: a warm-up of a twentieth (at most 200 steps), decay over
 * the last fifth.
 *
 * @throws INVALID_ARGUMENT unless `steps` is a whole number ≥ 1 and `peak` is > 0
 */
export function createSchedule(peak: number, steps: number): Schedule {
  if (!Number.isInteger(steps) || steps < 1)
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `A schedule needs a whole number of steps ≥ 1, not ${steps}.`,
    );
  if (!(peak > 0 && Number.isFinite(peak)))
    throw new CellMixerError('INVALID_ARGUMENT', `A learning rate must be above 0, not ${peak}.`);
  const decayStart = Math.floor(steps * 0.8);
  return { peak, steps, warmup: Math.min(200, Math.ceil(steps / 20), decayStart), decayStart };
}

/**
 * Begins the decay earlier, at `step`, and keeps its length: what a plateau on the validation mixtures asks for.
 * A schedule whose decay has begun already is returned as it is.
 */
export function decayFrom(schedule: Schedule, step: number): Schedule {
  if (step >= schedule.decayStart) return schedule;
  const length = schedule.steps - schedule.decayStart;
  return { ...schedule, decayStart: step, steps: step + length };
}

/** The learning rate of step `step`, counted from 0; zero from `schedule.steps` on. */
export function learningRate(schedule: Schedule, step: number): number {
  const { peak, steps, warmup, decayStart } = schedule;
  if (step >= steps) return 0;
  if (step >= decayStart) return (peak * (steps - step)) / (steps - decayStart);
  return step < warmup ? (peak * (step + 1)) / warmup : peak;
}
