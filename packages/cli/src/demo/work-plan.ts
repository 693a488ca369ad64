import { sayDuration } from '../terminal/duration.ts';
import type { Progress } from '../terminal/progress.ts';

export interface Phase {
  readonly name: string;
  /** Seconds that it takes on a common machine; what matters is how they compare. */
  readonly seconds: number;
}

/** Tells how far a row of phases is and how long the rest will take, learning this machine's pace on the way. */
export class WorkPlan {
  readonly #phases: readonly Phase[];
  readonly #progress: Progress;
  readonly #now: () => number;
  readonly #started: number;
  #current = -1;
  #phaseStarted = 0;

  constructor(
    phases: readonly Phase[],
    progress: Progress,
    now: () => number = () => performance.now() / 1000,
  ) {
    this.#phases = phases;
    this.#progress = progress;
    this.#now = now;
    this.#started = now();
  }

  /** Begins the next phase. */
  begin(): void {
    this.#current += 1;
    this.#phaseStarted = this.#now();
    this.tell(0);
  }

  /** `share` of the current phase is done, 0…1. */
  tell(share: number, words = ''): void {
    const phase = this.#phases[this.#current];
    if (phase === undefined) return;
    const detail = words === '' ? '' : `: ${words}`;
    this.#progress.update(
      `[${this.#current + 1}/${this.#phases.length}] ${phase.name}${detail} · about ${sayDuration(this.left(share))} left in all`,
    );
  }

  /** Says what the current phase has brought. */
  end(words: string): void {
    const took = sayDuration(this.#now() - this.#phaseStarted);
    this.#progress.say(`[${this.#current + 1}/${this.#phases.length}] ${words} (${took})`);
  }

  /** Seconds to the end of the last phase. */
  left(share: number): number {
    const planned = (phases: readonly Phase[]) => phases.reduce((sum, phase) => sum + phase.seconds, 0);
    const total = planned(this.#phases);
    const current = this.#phases[this.#current]?.seconds ?? 0;
    const done = planned(this.#phases.slice(0, this.#current)) + share * current;
    const elapsed = this.#now() - this.#started;
    // The plan counts as a twentieth of the work seen, so that the first seconds do not set the pace.
    const pace = (elapsed + 0.05 * total) / (done + 0.05 * total);
    return pace * (total - done);
  }

  get elapsed(): number {
    return this.#now() - this.#started;
  }
}
