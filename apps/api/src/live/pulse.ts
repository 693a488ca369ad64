import type { Change } from '@cellmixer/jobs';

/** Milliseconds from one reading to the next: at most twice a second. */
const PAUSE = 500;
/** Changes that are named one by one; beyond, all is read again. */
const MOST_NAMED = 500;

/** What a subscriber has to look at. */
export interface Heard {
  readonly changes: readonly Change[];
  /** At the first time, and where changes were missed: whatever is shown must be read again. */
  readonly all: boolean;
}

/** Collects changes and hands them out at most twice a second; the last one is always handed out. */
export class Pulse {
  #changes = new Map<string, Change>();
  #all = true;
  #last = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #wake: () => void = () => {};

  /** @param change null: some were missed */
  mark(change: Change | null): void {
    if (change === null || this.#changes.size >= MOST_NAMED) this.#all = true;
    else this.#changes.set(`${change.type} ${change.id}`, change);
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Waits for something to look at. One asks at a time. @returns null once it is stopped */
  async take(): Promise<Heard | null> {
    while (!this.#stopped) {
      const marked = this.#all || this.#changes.size > 0;
      const left = this.#last + PAUSE - performance.now();
      if (marked && left <= 0) return this.#handOut();
      await this.#sleep(marked ? left : undefined);
    }
    return null;
  }

  #handOut(): Heard {
    const heard = { changes: this.#all ? [] : [...this.#changes.values()], all: this.#all };
    this.#changes.clear();
    this.#all = false;
    this.#last = performance.now();
    return heard;
  }

  #sleep(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
