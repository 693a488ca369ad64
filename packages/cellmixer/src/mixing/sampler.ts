import type { Worker } from 'node:worker_threads';
import { CellMixerError } from '@cellmixer/errors';
import type { TrainingBatch } from '@cellmixer/nn';
import { type BatchReply, composeBatch, type WorkerStart } from './compose-batch.ts';
import { composerOf } from './compose-sample.ts';
import { parseRecipe } from './recipes.ts';
import { createStock, type StockOptions } from './stock.ts';

export interface SamplerOptions extends StockOptions {
  readonly seed: number;
  /** Samples of a step. */
  readonly batch: number;
  /** Worker threads; 0 makes samples in the calling thread. 1 by default. */
  readonly workers?: number;
  /** Steps made ahead of the one that is asked for. 4 by default. */
  readonly ahead?: number;
  readonly signal?: AbortSignal;
}

export interface Sampler {
  /**
   * The batch of a step: a function of (seed, step, mask generation) alone. The following steps are begun.
   *
   * @throws CANCELLED after an abort or `close`
   */
  batch(step: number, maskGeneration?: number): Promise<TrainingBatch>;
  close(): Promise<void>;
}

/**
 * Makes training batches ahead of the network in worker threads, which share the pictures.
 *
 * @throws TOO_FEW_CULTURES, NO_FOREGROUND, INVALID_ARGUMENT naming what is at fault
 */
export function createSampler(options: SamplerOptions): Sampler {
  const { batch, seed, workers = 1, ahead = 4, signal } = options;
  requireWhole('batch', batch, 1);
  requireWhole('workers', workers, 0);
  requireWhole('ahead', ahead, 0);
  const recipe = parseRecipe(options.recipe);
  const stock = createStock(options);
  if (workers === 0) {
    const composer = composerOf(stock, recipe, seed);
    return {
      batch: async (step, maskGeneration = 0) =>
        composeBatch(composer, stock, recipe, batch, step, maskGeneration),
      close: async () => {},
    };
  }
  return new ThreadedSampler({ stock, recipe, seed, batch }, workers, ahead, signal);
}

function requireWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `${name} is ${value}; it must be a whole number from ${least}`,
    {
      subject: name,
    },
  );
}

/** A batch that was asked of a worker. */
interface Order {
  readonly id: number;
  readonly step: number;
  readonly maskGeneration: number;
  readonly done: Promise<TrainingBatch>;
  readonly resolve: (batch: TrainingBatch) => void;
  readonly reject: (error: CellMixerError) => void;
}

class ThreadedSampler implements Sampler {
  readonly #start: WorkerStart;
  readonly #ahead: number;
  readonly #signal: AbortSignal | undefined;
  readonly #ready: Promise<readonly Worker[]>;
  /** Made or being made, by step and generation; a Map keeps the order of asking. */
  readonly #orders = new Map<string, Order>();
  readonly #pending = new Map<number, Order>();
  #nextId = 0;
  #waiting = 0;
  #failure: CellMixerError | null = null;

  constructor(start: WorkerStart, workers: number, ahead: number, signal: AbortSignal | undefined) {
    this.#start = start;
    this.#ahead = ahead;
    this.#signal = signal;
    this.#ready = this.#open(workers);
    this.#ready.catch(() => {});
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort, { once: true });
  }

  // Node is loaded only here, so that a page's bundle can carry this module.
  async #open(count: number): Promise<readonly Worker[]> {
    const { Worker } = await import('node:worker_threads');
    return Array.from({ length: count }, () => {
      const worker = new Worker(new URL('./sample-worker.ts', import.meta.url), { workerData: this.#start });
      // A sampler that nobody waits for must not keep the process alive.
      worker.unref();
      worker.on('message', (reply: BatchReply) => this.#receive(reply));
      worker.on('error', (error) => this.#fail(broken(error)));
      worker.on('exit', (code) => {
        if (code !== 0) this.#fail(broken(new Error(`a worker thread left with code ${code}`)));
      });
      return worker;
    });
  }

  async batch(step: number, maskGeneration = 0): Promise<TrainingBatch> {
    requireWhole('step', step, 0);
    if (this.#failure !== null) throw this.#failure;
    const order = this.#order(step, maskGeneration);
    for (let next = step + 1; next <= step + this.#ahead; next++) this.#order(next, maskGeneration);
    this.#forget(step, maskGeneration);
    const workers = await this.#ready.catch((error: unknown) => {
      throw broken(error);
    });
    if (this.#failure !== null) throw this.#failure;
    // While somebody waits the process must live on.
    if (this.#waiting++ === 0) for (const worker of workers) worker.ref();
    try {
      return await order.done;
    } finally {
      if (--this.#waiting === 0) for (const worker of workers) worker.unref();
    }
  }

  #order(step: number, maskGeneration: number): Order {
    const key = `${step}/${maskGeneration}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<TrainingBatch>();
    promise.catch(() => {});
    const order: Order = { id: this.#nextId++, step, maskGeneration, done: promise, resolve, reject };
    this.#orders.set(key, order);
    this.#pending.set(order.id, order);
    this.#ready.then(
      (workers) => workers[order.id % workers.length]!.postMessage({ id: order.id, step, maskGeneration }),
      (error: unknown) => this.#fail(broken(error)),
    );
    return order;
  }

  /** Drops the step that was taken, and what an earlier place in the run had begun once it grows too much. */
  #forget(step: number, maskGeneration: number): void {
    this.#orders.delete(`${step}/${maskGeneration}`);
    for (const [key, order] of this.#orders) {
      if (this.#orders.size <= 3 * this.#ahead + 1) break;
      const wanted =
        order.maskGeneration === maskGeneration && order.step > step && order.step <= step + this.#ahead;
      if (!wanted) this.#orders.delete(key);
    }
  }

  #receive(reply: BatchReply): void {
    if ('message' in reply) {
      this.#fail(broken(new Error(reply.message)));
      return;
    }
    this.#pending.get(reply.id)?.resolve(reply.batch);
    this.#pending.delete(reply.id);
  }

  #fail(error: CellMixerError): void {
    this.#failure ??= error;
    for (const order of this.#pending.values()) order.reject(this.#failure);
    this.#pending.clear();
    this.#orders.clear();
  }

  readonly #abort = (): void => {
    void this.close();
  };

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#fail(new CellMixerError('CANCELLED', 'the making of samples was stopped'));
    const workers = await this.#ready.catch(() => []);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function broken(error: unknown): CellMixerError {
  const message = error instanceof Error ? error.message : String(error);
  return new CellMixerError('SAMPLING_FAILED', `a sample could not be made: ${message}`, { cause: error });
}
