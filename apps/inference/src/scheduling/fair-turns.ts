/**
 * Whose turn it is among several that use the same lanes: the one that has used them for the shortest time. Who comes
 * back after a pause starts level with the others at least, so that no one can save up time (start-time fair queueing).
 */
export class FairTurns {
  readonly #wanting = new Set<string>();
  readonly #spent = new Map<string, number>();
  #level = 0;

  /** Counts `name` among those that want a turn. */
  join(name: string): void {
    if (this.#wanting.has(name)) return;
    this.#wanting.add(name);
    this.#spent.set(name, Math.max(this.#level, this.#spent.get(name) ?? 0));
  }

  leave(name: string): void {
    this.#wanting.delete(name);
  }

  /** The one whose turn is next; undefined where nobody wants one. */
  next(): string | undefined {
    let chosen: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const name of this.#wanting) {
      const spent = this.#spent.get(name) ?? 0;
      if (spent < least) [chosen, least] = [name, spent];
    }
    if (chosen !== undefined) this.#rise(least);
    return chosen;
  }

  /** Counts time on a lane, in any unit. */
  charge(name: string, time: number): void {
    this.#spent.set(name, (this.#spent.get(name) ?? this.#level) + time);
  }

  #rise(level: number): void {
    if (level <= this.#level) return;
    this.#level = level;
    // Who is away and below the level comes back at the level anyway.
    for (const [name, spent] of this.#spent) {
      if (spent <= level && !this.#wanting.has(name)) this.#spent.delete(name);
    }
  }
}
