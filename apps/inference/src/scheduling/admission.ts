import { CellMixerError } from '@cellmixer/errors';

export interface AdmissionLimits {
  readonly requests: number;
  /** Bytes of bodies, over all requests that are inside. */
  readonly bytes: number;
}

/** A refusal that passes: the same request may be let in after that time. */
export class BusyError extends CellMixerError {
  readonly retryAfterSeconds: number;

  constructor(code: 'SERVICE_BUSY' | 'SERVICE_UNAVAILABLE', words: string, retryAfterSeconds: number) {
    super(code, words, { cure: `Ask again in ${retryAfterSeconds} s.` });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The place of one request inside. */
export interface Place {
  /** Counts bytes before they are held. @throws BusyError where there is no room for them */
  hold(bytes: number): void;
  leave(): void;
}

/** Lets as many requests and bytes in as the service can hold; the others are told to come again. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #expectedWaitMs: () => number;
  #requests = 0;
  #bytes = 0;

  constructor(limits: AdmissionLimits, expectedWaitMs: () => number) {
    this.#limits = limits;
    this.#expectedWaitMs = expectedWaitMs;
  }

  /** Requests inside. */
  get requests(): number {
    return this.#requests;
  }

  /** @throws BusyError */
  enter(): Place {
    if (this.#requests >= this.#limits.requests)
      throw this.#busy(`${this.#requests} requests are waiting, which is as many as it takes`);
    this.#requests += 1;
    let held = 0;
    return {
      hold: (bytes) => {
        if (this.#bytes + bytes > this.#limits.bytes)
          throw this.#busy(
            `the requests inside hold ${this.#bytes} bytes, which leaves no room for ${bytes}`,
          );
        this.#bytes += bytes;
        held += bytes;
      },
      leave: () => {
        this.#requests -= 1;
        this.#bytes -= held;
      },
    };
  }

  #busy(why: string): BusyError {
    const seconds = Math.min(30, Math.max(1, Math.ceil(this.#expectedWaitMs() / 1000)));
    return new BusyError('SERVICE_BUSY', `the model server is busy: ${why}`, seconds);
  }
}
