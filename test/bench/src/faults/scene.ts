import type { Lab } from '@cellmixer/api-client';
import type { ServerUnderTest } from './server-under-test.ts';

/** What a phase works with. */
export interface Scene {
  readonly lab: Lab;
  readonly server: ServerUnderTest;
  readonly project: string;
  /** Lines of the pure cultures, ids by names. */
  readonly lines: ReadonlyMap<string, string>;
  /** Pictures of pure cultures by line, and of mixtures: paths of files. */
  readonly cultures: ReadonlyMap<string, readonly string[]>;
  readonly mixtures: readonly string[];
  /** Snapshot of the pure cultures. */
  readonly version: string;
  /** What runs without any fault have given, to compare with. */
  readonly reference: { model: string; modelVersion: string; maps: ReadonlyMap<string, string> };
}

/** How a phase went that was hurt in its midst. */
export interface Outcome {
  /** Things that should be there and are not. */
  readonly lost: readonly string[];
  /** Things that are there twice, or that nobody points to where nothing should lie about. */
  readonly doubled: readonly string[];
  /** Seconds from the fault until a job that the hurt worker held went on elsewhere; null where it held none. */
  readonly takeover: number | null;
}

/** A phase: begins its work, calls `strike` in the midst of it, and waits for the end. */
export type Phase = (scene: Scene, strike: () => void) => Promise<Outcome>;
