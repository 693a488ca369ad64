import { appendFile, readFile } from 'node:fs/promises';
import type { TrainingEvent } from '@cellmixer/cellmixer';
import { writeAtomically } from './atomic-write.ts';

type LoggedEvent = Exclude<TrainingEvent, { kind: 'samples' }>;

/**
 * The events of a training run as JSON lines. A run that goes on from a checkpoint keeps the lines of its steps up
 * to there, so that the file tells of one run without gaps or repeats.
 */
export class EventLog {
  readonly #path: string;
  readonly #earlier: readonly string[];
  /** Lines before the first step; null once they are written. */
  #head: string[] | null = [];
  #pending: string[] = [];

  private constructor(path: string, earlier: readonly string[]) {
    this.#path = path;
    this.#earlier = earlier;
  }

  static async open(path: string, resume: boolean): Promise<EventLog> {
    const text = resume ? await readFile(path, 'utf8').catch(() => '') : '';
    return new EventLog(
      path,
      text.split('\n').filter((line) => line !== ''),
    );
  }

  async add(event: TrainingEvent): Promise<void> {
    const inBetween = event.kind === 'stage' && event.done > 0 && event.done < event.total;
    if (event.kind === 'samples' || inBetween) return;
    const resumedAt = event.kind === 'checkpoint' && event.resumed ? event.step : 0;
    const line = JSON.stringify(event);
    if (this.#head === null) {
      this.#pending.push(line);
      if (event.kind !== 'step') await this.flush();
      return;
    }
    this.#head.push(line);
    if (resumedAt > 0) this.#head.push(...this.#earlier.filter((old) => stepOf(old) <= resumedAt));
    if (resumedAt > 0 || event.kind === 'step') {
      await writeAtomically(this.#path, `${this.#head.join('\n')}\n`);
      this.#head = null;
    }
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const lines = this.#pending;
    this.#pending = [];
    await appendFile(this.#path, `${lines.join('\n')}\n`);
  }
}

/** The step that a line of a run's own progress belongs to; ∞ for other lines and for one that a crash cut short. */
function stepOf(line: string): number {
  try {
    const event: LoggedEvent = JSON.parse(line);
    const own = event.kind === 'step' || event.kind === 'validation';
    return own || (event.kind === 'checkpoint' && !event.resumed) ? event.step : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
