import type { Predictions } from '@cellmixer/nn';

/** Pictures of one request. */
export interface Job {
  /** [count,C,height,width] */
  readonly images: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Ends the wait; a run that has begun goes on for nobody. */
  readonly signal: AbortSignal;
}

/** A job that waits, with whom to tell. */
export interface WaitingJob extends Job {
  /** When it came, ms. */
  readonly since: number;
  resolve(predictions: Predictions): void;
  reject(reason: unknown): void;
}
