import type { Predictions } from '@cellmixer/nn';
import { combineImages, sharePredictions } from './combine.ts';
import { FairTurns } from './fair-turns.ts';
import type { Job, WaitingJob } from './job.ts';
import { type BatchLimits, takeBatch } from './take-batch.ts';

/** Several jobs of one size that run together. */
export interface Batch {
  readonly images: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** What happened to a batch, for metrics. */
export interface BatchReport {
  readonly pictures: number;
  readonly pixels: number;
  readonly runMs: number;
  /** Of each of its jobs. */
  readonly waitMs: readonly number[];
}

export interface SchedulerOptions {
  readonly lanes: () => number;
  readonly limits: () => BatchLimits;
  readonly run: (model: string, batch: Batch) => Promise<Predictions>;
  readonly report: (report: BatchReport) => void;
}

/**
 * Shares the lanes among the jobs of all models. A lane that is free takes what waits at once; while all are busy jobs
 * gather, and those of one model and size run together in the next turn. So nothing ever waits for company, and the
 * busier the server, the larger the batches.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #waiting = new Map<string, WaitingJob[]>();
  readonly #turns = new FairTurns();
  #running = 0;
  #depth = 0;
  #meanRunMs = 50;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Jobs that wait. */
  get depth(): number {
    return this.#depth;
  }

  /** About how long a job that comes now will wait, ms. */
  get expectedWaitMs(): number {
    return (this.#depth / this.#options.lanes()) * this.#meanRunMs;
  }

  /** @throws what the run throws, or the signal's reason */
  submit(model: string, job: Job): Promise<Predictions> {
    const { promise, resolve, reject } = Promise.withResolvers<Predictions>();
    const waiting: WaitingJob = { ...job, since: performance.now(), resolve, reject };
    const onAbort = () => {
      this.#drop(model, waiting);
      reject(job.signal.reason);
    };
    if (job.signal.aborted) return Promise.reject(job.signal.reason);
    job.signal.addEventListener('abort', onAbort, { once: true });
    this.#queueOf(model).push(waiting);
    this.#depth += 1;
    this.#turns.join(model);
    // After this turn of the event loop: what came in the same one may run together.
    setImmediate(() => this.#dispatch());
    return promise.finally(() => job.signal.removeEventListener('abort', onAbort));
  }

  #dispatch(): void {
    while (this.#running < this.#options.lanes()) {
      const model = this.#turns.next();
      if (model === undefined) return;
      const queue = this.#queueOf(model);
      const jobs = takeBatch(queue, this.#options.limits(), this.#options.lanes());
      this.#depth -= jobs.length;
      if (jobs.length === 0) this.#forget(model);
      else void this.#run(model, jobs);
    }
  }

  async #run(model: string, jobs: readonly WaitingJob[]): Promise<void> {
    const { height, width } = jobs[0]!;
    const count = jobs.reduce((sum, job) => sum + job.count, 0);
    const start = performance.now();
    this.#running += 1;
    const outcome = await this.#attempt(model, jobs, { count, height, width });
    this.#finish(model, jobs, 'error' in outcome ? 0 : count * height * width, start);
    // The lane gets its next work before the answers of this one are written.
    this.#dispatch();
    if ('error' in outcome) for (const job of jobs) job.reject(outcome.error);
    else for (const [index, share] of sharePredictions(jobs, outcome).entries()) jobs[index]?.resolve(share);
  }

  async #attempt(
    model: string,
    jobs: readonly WaitingJob[],
    size: Omit<Batch, 'images'>,
  ): Promise<Predictions | { readonly error: unknown }> {
    try {
      return await this.#options.run(model, { images: combineImages(jobs), ...size });
    } catch (error) {
      return { error };
    }
  }

  #finish(model: string, jobs: readonly WaitingJob[], pixels: number, start: number): void {
    this.#running -= 1;
    const runMs = performance.now() - start;
    this.#turns.charge(model, runMs);
    this.#meanRunMs += 0.1 * (runMs / jobs.length - this.#meanRunMs);
    this.#options.report({
      pictures: jobs.reduce((sum, { count }) => sum + count, 0),
      pixels,
      runMs,
      waitMs: jobs.map(({ since }) => start - since),
    });
  }

  #queueOf(model: string): WaitingJob[] {
    const known = this.#waiting.get(model);
    if (known !== undefined) return known;
    const queue: WaitingJob[] = [];
    this.#waiting.set(model, queue);
    return queue;
  }

  #forget(model: string): void {
    this.#waiting.delete(model);
    this.#turns.leave(model);
  }

  #drop(model: string, job: WaitingJob): void {
    const queue = this.#waiting.get(model);
    const at = queue?.indexOf(job) ?? -1;
    if (at < 0) return;
    queue?.splice(at, 1);
    this.#depth -= 1;
  }
}
