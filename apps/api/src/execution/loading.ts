import { Thrown } from './thrown.ts';

/** Something that is read together with others, as all who ask for it see it. */
export class Awaited<Value> {
  /** Kept once it is there, or known to come never; null since then. It is never broken. */
  pending: Promise<void> | null;
  #value: Value | Thrown | undefined;

  constructor(pending: Promise<void> | null, value?: Value) {
    this.pending = pending;
    this.#value = value;
  }

  settle(value: Value | Thrown): void {
    this.pending = null;
    this.#value = value;
  }

  get value(): Value | Thrown {
    if (this.pending !== null) throw new Error('what is still read was asked for its value');
    return this.#value as Value | Thrown;
  }
}

/**
 * A promise of something that is read together with others. The execution waits once for all of them; a real promise,
 * which costs more than the reading, is made only for somebody else who waits.
 */
export class Loading<Value> implements Promise<Value> {
  readonly [Symbol.toStringTag] = 'Loading';
  readonly #awaited: Awaited<Value>;
  readonly #instead: ((reason: unknown) => Value) | null;

  constructor(awaited: Awaited<Value>, instead: ((reason: unknown) => Value) | null = null) {
    this.#awaited = awaited;
    this.#instead = instead;
  }

  get pending(): Promise<void> | null {
    return this.#awaited.pending;
  }

  /** What came, once nothing is pending. */
  settled(): Value | Thrown {
    const { value } = this.#awaited;
    if (this.#instead === null || !(value instanceof Thrown)) return value;
    try {
      return this.#instead(value.reason);
    } catch (error) {
      return new Thrown(error);
    }
  }

  /** The same, with something else in place of what is thrown. */
  orElse<Other>(instead: (reason: unknown) => Other): Loading<Value | Other> {
    return new Loading<Value | Other>(this.#awaited as Awaited<Value | Other>, instead);
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  then<A = Value, B = never>(
    onValue?: ((value: Value) => A | PromiseLike<A>) | null,
    onReason?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#promise().then(onValue, onReason);
  }
  catch<B = never>(onReason?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Value | B> {
    return this.#promise().catch(onReason);
  }
  finally(onEnd?: (() => void) | null): Promise<Value> {
    return this.#promise().finally(onEnd);
  }

  async #promise(): Promise<Value> {
    const { pending } = this;
    if (pending !== null) await pending;
    const settled = this.settled();
    if (settled instanceof Thrown) throw settled.reason;
    return settled;
  }
}
