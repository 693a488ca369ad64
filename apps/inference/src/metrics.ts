import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BatchReport } from './scheduling/scheduler.ts';

/** What is read from others whenever somebody asks for the metrics. */
export interface Levels {
  readonly queueDepth: () => number;
  readonly requestsInside: () => number;
  readonly cacheBytes: () => number;
  readonly openModels: () => number;
}

const seconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** Figures for Prometheus, all named `cellmixer_inference_…`. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<'route' | 'status'>;
  readonly #cacheEvents: Counter<'event'>;
  readonly #pixels: Counter;
  readonly #wait: Histogram;
  readonly #run: Histogram;
  readonly #batch: Histogram;

  constructor(levels: Levels) {
    const registers = [this.#registry];
    const name = (last: string) => `cellmixer_inference_${last}`;
    this.#requests = new Counter({
      name: name('requests_total'),
      help: 'Requests by route and HTTP status; 499 where the client left.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#cacheEvents = new Counter({
      name: name('models_total'),
      help: 'Models opened and closed.',
      labelNames: ['event'],
      registers,
    });
    this.#pixels = new Counter({
      name: name('pixels_total'),
      help: 'Pixels predicted; its rate is pixels per second.',
      registers,
    });
    this.#wait = new Histogram({
      name: name('queue_wait_seconds'),
      help: 'How long requests waited for a lane.',
      buckets: seconds,
      registers,
    });
    this.#run = new Histogram({
      name: name('run_seconds'),
      help: 'How long runs took, opening the model where it was closed included.',
      buckets: seconds,
      registers,
    });
    this.#batch = new Histogram({
      name: name('batch_pictures'),
      help: 'Pictures that ran together.',
      buckets: [1, 2, 3, 4, 6, 8, 16],
      registers,
    });
    const gauge = (last: string, help: string, read: () => number) =>
      new Gauge({
        name: name(last),
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge('queue_depth', 'Requests that wait for a lane.', levels.queueDepth);
    gauge('requests_inside', 'Requests that were let in and are not answered.', levels.requestsInside);
    gauge('cache_bytes', 'Memory that open models are counted for.', levels.cacheBytes);
    gauge('models_open', 'Models that are open.', levels.openModels);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  countRequest(route: string, status: number): void {
    this.#requests.inc({ route, status });
  }

  countModel(event: 'opened' | 'closed'): void {
    this.#cacheEvents.inc({ event });
  }

  countBatch({ pictures, pixels, runMs, waitMs }: BatchReport): void {
    this.#pixels.inc(pixels);
    this.#batch.observe(pictures);
    this.#run.observe(runMs / 1000);
    for (const ms of waitMs) this.#wait.observe(ms / 1000);
  }

  page(): Promise<string> {
    return this.#registry.metrics();
  }
}
