import type { Database, LogLevel, TrainingMetric } from '@cellmixer/database';
import { type HeldJob, tell, whileHeld } from '@cellmixer/jobs';
import { type LogWords, wordsOf } from './log-words.ts';
import type { SentEvent } from './training-process.ts';

/** Time (ms) between two writes, so that many short steps are one transaction. */
const PAUSE = 1000;

type Point = { step: number } & Partial<Omit<TrainingMetric, 'runId' | 'step'>>;
interface Line extends LogWords {
  readonly at: Date;
}

/** What a run's page tells while it runs: curves, log, on which machine. Gathered, written at most once a second. */
export class TrainingRecord {
  readonly #database: Database;
  readonly #job: HeldJob;
  readonly #runId: string;
  readonly #worker: string;
  readonly #points = new Map<number, Point>();
  #lines: Line[] = [];
  #secondsLeft: number | null = null;
  #last = 0;
  /** The stretch that this worker does; known once the machine has been told. */
  #attempt: { readonly number: number; readonly since: number } | null = null;
  #trainSeconds = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database, job: HeldJob, runId: string, worker: string) {
    this.#database = database;
    this.#job = job;
    this.#runId = runId;
    this.#worker = worker;
  }

  /** Forgets what an attempt wrote after the checkpoint that is gone on from; its log stays. */
  async restartAfter(step: number): Promise<void> {
    await whileHeld(this.#database, this.#job, async (tx) => {
      const later = { runId: this.#runId, step: { gt: step } };
      await tx.trainingMetric.deleteMany({ where: later });
      await tx.trainingSamplePicture.deleteMany({ where: later });
      await tx.trainingRun.update({ where: { id: this.#runId }, data: { step } });
    });
  }

  add(event: SentEvent): void {
    if (event.kind === 'step') {
      const { step, loss, foregroundLoss, typeLoss, learningRate } = event;
      this.#put({ step, loss, foregroundLoss, typeLoss, learningRate });
      this.#secondsLeft = event.secondsLeft;
      if (this.#attempt !== null) this.#trainSeconds = (performance.now() - this.#attempt.since) / 1000;
    } else if (event.kind === 'validation') {
      const { step, miou, foregroundIou, typeAccuracy } = event;
      this.#put({ step, miou, foregroundIou, typeAccuracy });
    } else if (event.kind === 'machine') {
      this.#queue(() => this.#begin(event));
    }
    const words = wordsOf(event);
    if (words !== null) this.say(words.level, words.text);
  }

  /** Adds a line to the log. */
  say(level: LogLevel, text: string): void {
    this.#lines.push({ at: new Date(), level, text });
    this.#soon();
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#queue(() => this.#flush());
  }

  #put(point: Point): void {
    this.#points.set(point.step, { ...this.#points.get(point.step), ...point });
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // A lost job shows at the next heartbeat; a database that is away, at the next write.
      this.#queue(() => this.#flush()).catch(() => {});
    }, PAUSE);
  }

  #queue(write: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(write);
    this.#writing.catch(() => {});
    return this.#writing;
  }

  async #begin({ fromStep, fingerprint, differences }: Extract<SentEvent, { kind: 'machine' }>) {
    const since = performance.now();
    await whileHeld(this.#database, this.#job, async (tx) => {
      const number = 1 + (await tx.trainingAttempt.count({ where: { runId: this.#runId } }));
      await tx.trainingAttempt.create({
        data: {
          runId: this.#runId,
          number,
          worker: this.#worker,
          fromStep,
          step: fromStep,
          fingerprint: { ...fingerprint },
          differences: [...differences],
        },
      });
      await tx.worker.updateMany({
        where: { name: this.#worker },
        data: { provider: fingerprint.provider },
      });
      this.#attempt = { number, since };
    });
  }

  async #flush(): Promise<void> {
    const points = [...this.#points.values()];
    const lines = this.#lines;
    if (points.length === 0 && lines.length === 0) return;
    const runId = this.#runId;
    await whileHeld(this.#database, this.#job, async (tx) => {
      for (const { step, ...values } of points) {
        const key = { runId, step };
        await tx.trainingMetric.upsert({
          where: { runId_step: key },
          create: { ...key, ...values },
          update: values,
        });
      }
      const before = await tx.trainingLogLine.count({ where: { runId } });
      await tx.trainingLogLine.createMany({
        data: lines.map((line, i) => ({ runId, position: before + i + 1, ...line })),
      });
      this.#last = Math.max(this.#last, ...points.map((point) => point.step));
      if (this.#attempt !== null) {
        await tx.trainingAttempt.updateMany({
          where: { runId, number: this.#attempt.number, step: { lt: this.#last } },
          data: { step: this.#last, trainSeconds: this.#trainSeconds },
        });
      }
      await tx.trainingRun.update({
        where: { id: runId },
        data: {
          ...(this.#last === 0 ? {} : { step: this.#last }),
          secondsLeft: this.#secondsLeft,
          revision: { increment: 1 },
        },
      });
      await tell(tx, 'TrainingRun', runId);
    });
    for (const point of points) {
      if (this.#points.get(point.step) === point) this.#points.delete(point.step);
    }
    this.#lines = this.#lines.slice(lines.length);
  }
}
