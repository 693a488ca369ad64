import { availableParallelism } from 'node:os';
import type { Provider } from '../contracts.ts';
import { LanePool } from './lane-pool.ts';
import { LocalSessions } from './local-sessions.ts';
import { chooseProvider } from './providers.ts';
import type { SessionSettings } from './session.ts';
import { SessionThread } from './session-thread.ts';

export interface LaneOptions {
  /** `auto` by default. */
  readonly provider?: Provider;
  /** Cores to use; all by default. */
  readonly threads?: number;
  /** Worker threads that predict side by side on the CPU; as many as `threads` by default. Always one elsewhere. */
  readonly lanes?: number;
  /** Whether to predict in worker threads (the default) or in the calling thread, which then stands still meanwhile. */
  readonly worker?: boolean;
}

export interface StartedLanes {
  readonly pool: LanePool;
  readonly count: number;
  /** How each lane opens a network: the cores are shared out among the lanes. */
  readonly settings: SessionSettings;
}

/** @throws PROVIDER_UNAVAILABLE for a named provider that does not work here */
export async function startLanes(options: LaneOptions): Promise<StartedLanes> {
  const { provider } = await chooseProvider(options.provider);
  const threads = options.threads ?? availableParallelism();
  const count = options.worker === false || provider !== 'cpu' ? 1 : (options.lanes ?? threads);
  const openers = Array.from({ length: count }, () =>
    options.worker === false ? new LocalSessions() : new SessionThread(),
  );
  const settings = { provider, threads: Math.max(1, Math.floor(threads / count)) };
  return { pool: new LanePool(openers), count, settings };
}
