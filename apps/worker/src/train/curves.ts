import type { Database, TrainingMetric } from '@cellmixer/database';
import { type HeldJob, tell, whileHeld } from '@cellmixer/jobs';
import type { SentEvent } from './training-process.ts';

/** Time (ms) between two writes, so that many short steps are one transaction. */
const PAUSE = 1000;

type Point = { step: number } & Partial<Omit<TrainingMetric, 'runId' | 'step'>>;

/** The curves of a run: points are gathered and written at most once a second. */
export class Curves {
  readonly #database: Database;
  readonly #job: HeldJob;
  readonly #runId: string;
  readonly #points = new Map<number, Point>();
  #secondsLeft: number | null = null;
  #last = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database, job: HeldJob, runId: string) {
    this.#database = database;
    this.#job = job;
    this.#runId = runId;
  }

  /** Forgets what an attempt wrote after the checkpoint that is gone on from. */
  async restartAfter(step: number): Promise<void> {
    await whileHeld(this.#database, this.#job, async (tx) => {
      await tx.trainingMetric.deleteMany({ where: { runId: this.#runId, step: { gt: step } } });
    });
  }

  add(event: SentEvent): void {
    if (event.kind === 'step') {
      const { step, loss, foregroundLoss, typeLoss, learningRate } = event;
      this.#put({ step, loss, foregroundLoss, typeLoss, learningRate });
      this.#secondsLeft = event.secondsLeft;
    } else if (event.kind === 'validation') {
      const { step, miou, foregroundIou, typeAccuracy } = event;
      this.#put({ step, miou, foregroundIou, typeAccuracy });
    }
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#write();
  }

  #put(point: Point): void {
    this.#points.set(point.step, { ...this.#points.get(point.step), ...point });
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // A lost job shows at the next heartbeat; a database that is away, at the next write.
      this.#write().catch(() => {});
    }, PAUSE);
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#flush());
    return this.#writing;
  }

  async #flush(): Promise<void> {
    const points = [...this.#points.values()];
    if (points.length === 0) return;
    await whileHeld(this.#database, this.#job, async (tx) => {
      for (const { step, ...values } of points) {
        const key = { runId: this.#runId, step };
        await tx.trainingMetric.upsert({
          where: { runId_step: key },
          create: { ...key, ...values },
          update: values,
        });
      }
      this.#last = Math.max(this.#last, ...points.map((point) => point.step));
      await tx.trainingRun.update({
        where: { id: this.#runId },
        data: { step: this.#last, secondsLeft: this.#secondsLeft, revision: { increment: 1 } },
      });
      await tell(tx, 'TrainingRun', this.#runId);
    });
    for (const point of points) {
      if (this.#points.get(point.step) === point) this.#points.delete(point.step);
    }
  }
}
