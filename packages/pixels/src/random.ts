/** A reproducible stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform in [a, b). */
  uniform(a: number, b: number): number;
  /** A whole number from 0 to n − 1. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** k shares that add up to 1; `alpha` is one concentration for all or one for each. */
  dirichlet(alpha: number | readonly number[], k?: number): number[];
  pick<T>(items: ArrayLike<T>): T;
  /** The same items in random order, as a new array. */
  shuffle<T>(items: ArrayLike<T>): T[];
  /**
   * A stream of its own that depends on this stream's seed and the keys alone, not on how many numbers were
   * drawn: `createRandom(seed).fork(step, 'noise')` is the same in whatever order steps are made.
   */
  fork(...keys: (number | string)[]): Random;
}

type State = [number, number, number, number];

/** Folds a key into 128 bits (the mixing of MurmurHash3's x86 128-bit variant, as in cyrb128). */
function absorb(state: State, key: number | string): State {
  const text = String(key);
  let [a, b, c, d] = state;
  for (let i = -1; i < text.length; i++) {
    // The length goes first, so that ('ab', 'c') and ('a', 'bc') differ.
    const k = i < 0 ? text.length + 0x10000 : text.charCodeAt(i);
    a = b ^ Math.imul(a ^ k, 597399067);
    b = c ^ Math.imul(b ^ k, 2869860233);
    c = d ^ Math.imul(c ^ k, 951274213);
    d = a ^ Math.imul(d ^ k, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** sfc32 (Chris Doty-Humphrey's small fast counter, PractRand) over the given 128 bits. */
class Sfc32 implements Random {
  readonly #seed: State;
  #a: number;
  #b: number;
  #c: number;
  #counter: number;
  #spare = Number.NaN;

  constructor(seed: State) {
    this.#seed = seed;
    [this.#a, this.#b, this.#c, this.#counter] = seed;
    for (let i = 0; i < 12; i++) this.next();
  }

  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  uniform(a: number, b: number): number {
    return a + (b - a) * this.next();
  }

  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4294967296) {
      throw new RangeError(`n is ${n}; it must be a whole number from 1 to 2³²`);
    }
    return Math.floor(this.next() * n);
  }

  /** Marsaglia's polar method. */
  normal(): number {
    const spare = this.#spare;
    if (!Number.isNaN(spare)) {
      this.#spare = Number.NaN;
      return spare;
    }
    let u = 0;
    let v = 0;
    let s = 0;
    do {
      u = 2 * this.next() - 1;
      v = 2 * this.next() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const f = Math.sqrt((-2 * Math.log(s)) / s);
    this.#spare = v * f;
    return u * f;
  }

  dirichlet(alpha: number | readonly number[], k?: number): number[] {
    const count = k ?? (typeof alpha === 'number' ? 0 : alpha.length);
    if (!Number.isInteger(count) || count < 1 || (typeof alpha !== 'number' && alpha.length !== count)) {
      throw new RangeError(`k is ${k}; it must be a whole number from 1 that agrees with alpha`);
    }
    const shares: number[] = [];
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const share = this.#gamma(typeof alpha === 'number' ? alpha : alpha[i]!);
      shares.push(share);
      sum += share;
    }
    // Tiny concentrations can underflow to 0 altogether; then one share takes all, as in the limit.
    if (sum === 0) return shares.map((_, i) => (i === 0 ? 1 : 0));
    return shares.map((share) => share / sum);
  }

  /** Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
  #gamma(shape: number): number {
    if (!(shape > 0) || shape === Number.POSITIVE_INFINITY) {
      throw new RangeError(`alpha is ${shape}; it must be a finite number above 0`);
    }
    if (shape === 1) return -Math.log(1 - this.next());
    if (shape < 1) return this.#gamma(shape + 1) * (1 - this.next()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  pick<T>(items: ArrayLike<T>): T {
    if (items.length === 0) throw new RangeError('items is empty; there is nothing to pick');
    return items[this.integer(items.length)]!;
  }

  shuffle<T>(items: ArrayLike<T>): T[] {
    const result = Array.from(items);
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = result[i]!;
      result[i] = result[j]!;
      result[j] = kept;
    }
    return result;
  }

  fork(...keys: (number | string)[]): Random {
    let state = this.#seed;
    for (const key of keys) state = absorb(state, key);
    // One more round, so that a fork without keys is not the stream itself.
    return new Sfc32(absorb(state, 'fork'));
  }
}

/** A stream from a seed; the same seed gives the same numbers on every machine. 7 and '7' are one seed. */
export function createRandom(seed: number | string): Random {
  return new Sfc32(absorb([1779033703, 3144134277, 1013904242, 2773480762], seed));
}
