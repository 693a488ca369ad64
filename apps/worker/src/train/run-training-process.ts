import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CellMixerError, type ErrorCode, errorCodes } from '@cellmixer/errors';
import type { SentEvent, TrainingMessage, TrainingOrder } from './training-process.ts';

/** Time (ms) in which a process that was told to stop must have ended. */
const PATIENCE = 1500;

export type TrainingOutcome = Omit<Extract<TrainingMessage, { kind: 'done' }>, 'kind'>;
export type DrawnPictures = Omit<Extract<TrainingMessage, { kind: 'pictures' }>, 'kind'>;

interface Listener {
  event(event: SentEvent): void;
  pictures(pictures: DrawnPictures): void;
  checkpoint(step: number): void;
}

/**
 * Runs one training in a process of its own.
 *
 * @throws what the training threw; TRAINING_DIED where the process ended without a word
 */
export async function runTrainingProcess(
  order: TrainingOrder,
  signal: AbortSignal,
  on: Listener,
): Promise<TrainingOutcome> {
  signal.throwIfAborted();
  const child = fork(fileURLToPath(new URL('./training-process.ts', import.meta.url)), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const stop = () => stopSoon(child);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await listen(child, order, on);
  } finally {
    signal.removeEventListener('abort', stop);
    stopSoon(child);
  }
}

function listen(child: ChildProcess, order: TrainingOrder, on: Listener): Promise<TrainingOutcome> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: TrainingMessage) => {
      if (message.kind === 'event') on.event(message.event);
      else if (message.kind === 'pictures') on.pictures(message);
      else if (message.kind === 'checkpoint') on.checkpoint(message.step);
      else if (message.kind === 'done') resolve(message);
      else reject(toError(message));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new CellMixerError('TRAINING_DIED', `the training's process ended with ${signal ?? `code ${code}`}`, {
          cure: 'If the machine ran out of memory, train with a smaller batch or preset.',
        }),
      ),
    );
    child.send(order);
  });
}

function stopSoon(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }, PATIENCE).unref();
}

function toError({ code, message, cure }: Extract<TrainingMessage, { kind: 'failed' }>): Error {
  if (code === null || !isCode(code)) return new Error(message);
  return new CellMixerError(code, message, cure === null ? {} : { cure });
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
