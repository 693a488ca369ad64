import type { Database } from '@cellmixer/database';
import type { Queue } from '@cellmixer/jobs';
import type { Storage } from '@cellmixer/storage';
import type { Leftovers } from './leftovers.ts';
import type { Predictors } from './predictors.ts';

/** What every handler has at hand. */
export interface Parts {
  readonly database: Database;
  readonly storage: Storage;
  /** For work that follows from what a handler has made. */
  readonly queue: Queue;
  readonly leftovers: Leftovers;
  /** An empty folder of this process alone; handlers make folders of their own in it. */
  readonly scratch: string;
  /** This process's name in rows and logs. */
  readonly worker: string;
  /** What trainings compute on. */
  readonly provider: 'auto' | 'cpu' | 'webgpu' | 'cuda';
  readonly predictors: Predictors;
}
