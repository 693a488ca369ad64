import type { Database, JobKind } from '@cellmixer/database';
import { CellMixerError, type ErrorCode } from '@cellmixer/errors';
import type { Job } from 'pg-boss';
import { type JobPayload, jobContracts, type QueueName } from './contracts.ts';
import {
  type Beat,
  beat,
  claim,
  confirmCancelled,
  type Failure,
  failAttempt,
  type HeldJob,
  type Progress,
} from './held-job.ts';
import type { Queue } from './queue.ts';

/** What a handler is given besides the payload. */
export interface JobContext {
  readonly job: HeldJob;
  /** Aborted when somebody cancels, another worker has taken over, or this worker is to end. */
  readonly signal: AbortSignal;
  /** Told with the next heartbeat. */
  progress(progress: Progress): void;
}

/** Does a job; ends it itself with `succeed`, in one transaction with its results. */
export type Handler<Kind extends JobKind> = (payload: JobPayload<Kind>, context: JobContext) => Promise<void>;
export type Handlers = { readonly [Kind in JobKind]?: Handler<Kind> };

export interface TakeOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly handlers: Handlers;
  /** Jobs of each queue that this process does at once. */
  readonly concurrency: Readonly<Partial<Record<QueueName, number>>>;
  /** Names this process in rows and logs. */
  readonly worker: string;
  readonly log: (event: JobEvent) => void;
}

export interface JobEvent {
  readonly event: 'taken' | 'succeeded' | 'cancelled' | 'lost' | 'failed' | 'will-retry' | 'handed-back';
  readonly jobId: string;
  readonly kind: JobKind;
  readonly attempt: number;
  readonly seconds: number;
  readonly error?: Failure;
}

const HEARTBEAT_MS = 1000;

/** Starts to take jobs. The function it gives stops taking, hands back what runs, and waits for it. */
export async function takeJobs(options: TakeOptions): Promise<() => Promise<void>> {
  const { queue, concurrency } = options;
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const start = async (name: string) => {
    const taker = await queue.work<{ jobId: string }>(
      name,
      {
        batchSize: 1,
        pollingIntervalSeconds: 1,
        // How long a job waits at most whose call was lost with a connection.
        notifyPollingIntervalSeconds: 5,
        heartbeatRefreshSeconds: 3,
      },
      async ([entry]: Job<{ jobId: string }>[]) => {
        if (entry === undefined) return;
        const work = runOne(options, entry.data.jobId, ending.signal);
        running.add(work);
        try {
          await work;
        } finally {
          running.delete(work);
          // More may wait than takers were told of: look again at once, not at the next poll.
          queue.notifyWorker(taker);
        }
      },
    );
  };
  for (const [name, count] of Object.entries(concurrency)) {
    for (let i = 0; i < count; i++) await start(name);
  }
  return async () => {
    ending.abort(new CellMixerError('CANCELLED', 'this worker ends'));
    await Promise.allSettled(running);
    await queue.stop({ graceful: true, timeout: 5000 });
  };
}

/** Throws where the queue shall hand the job out again. */
async function runOne(options: TakeOptions, jobId: string, ending: AbortSignal): Promise<void> {
  const { database, worker, handlers, log } = options;
  const job = await claim(database, jobId, worker);
  if (job === null) return;
  const started = performance.now();
  const say = (event: JobEvent['event'], error?: Failure) =>
    log({
      event,
      jobId,
      kind: job.kind,
      attempt: job.attempt,
      seconds: (performance.now() - started) / 1000,
      ...(error === undefined ? {} : { error }),
    });
  say('taken');
  const pulse = startPulse(database, job);
  try {
    await call(handlers, job, {
      job,
      signal: AbortSignal.any([ending, pulse.signal]),
      progress: pulse.progress,
    });
    say('succeeded');
  } catch (error) {
    const verdict = await pulse.last();
    if (verdict === 'lost') return say('lost');
    if (verdict === 'cancel') {
      await confirmCancelled(database, job);
      return say('cancelled');
    }
    if (ending.aborted) {
      say('handed-back');
      throw error;
    }
    const failure = failureOf(error);
    const weight = isAway(error) ? 'none' : isMistake(error) ? 'final' : 'one';
    const again = await failAttempt(database, job, failure, weight);
    say(again ? 'will-retry' : 'failed', failure);
    if (again) throw error;
  } finally {
    pulse.stop();
  }
}

/** The contract of a kind checks the payload that its handler is given. */
function call(handlers: Handlers, job: HeldJob, context: JobContext): Promise<void> {
  const run = <Kind extends JobKind>(kind: Kind): Promise<void> => {
    const handler = handlers[kind];
    if (handler === undefined) throw new Error(`nobody here does ${kind}`);
    return handler(jobContracts[kind].parse(job.payload) as JobPayload<Kind>, context);
  };
  return run(job.kind);
}

/** A heartbeat each second until it is stopped; the last tells why the signal was aborted. */
function startPulse(database: Database, job: HeldJob) {
  const controller = new AbortController();
  let latest: Progress | null = null;
  let verdict: Beat = 'go-on';
  let busy = false;
  const timer = setInterval(async () => {
    if (busy || controller.signal.aborted) return;
    busy = true;
    try {
      verdict = await beat(database, job, latest);
      if (verdict !== 'go-on')
        controller.abort(new CellMixerError('CANCELLED', verdict === 'cancel' ? 'cancelled' : 'taken over'));
    } catch {
      // The database is away for a moment: the queue decides after how long the job is another's.
    } finally {
      busy = false;
    }
  }, HEARTBEAT_MS);
  return {
    signal: controller.signal,
    progress: (progress: Progress) => {
      latest = progress;
    },
    /** How the job stands now: it may have been cancelled since the last beat. */
    last: async () => (verdict === 'go-on' ? beat(database, job, latest) : verdict),
    stop: () => clearInterval(timer),
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof CellMixerError)
    return { code: error.code, message: error.message, cure: error.cure ?? null };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'JOB_FAILED', message: `Something broke: ${message}`.slice(0, 500), cure: null };
}

/** A part that is away or busy comes back. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'STORAGE_UNAVAILABLE',
  'SERVICE_BUSY',
  'SERVICE_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
]);

/** What another attempt would not cure. */
function isMistake(error: unknown): boolean {
  return error instanceof CellMixerError && !isAway(error) && !RETRIED.has(error.code);
}

/** Whether a part that the job needs is away: then the job waits for it, however often it is tried. */
function isAway(error: unknown): boolean {
  return error instanceof CellMixerError && PASSING.has(error.code);
}

/** Broken attempts that may go well the next time, and are counted. */
const RETRIED: ReadonlySet<ErrorCode> = new Set([
  'TRAINING_DIED',
  'CANCELLED',
  'RUNTIME_FAILED',
  'DEADLINE_EXCEEDED',
]);
