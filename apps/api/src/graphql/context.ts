import type { Database } from '@cellmixer/database';
import type { Changes, Queue } from '@cellmixer/jobs';
import type { Storage } from '@cellmixer/storage';
import type { Actor } from '../access/actor.ts';
import type { Auth } from '../auth/create-auth.ts';

/** What every resolver has at hand; one for each request. */
export interface Context {
  /** As the rights were when the request came, or were last read again. */
  actor: Actor;
  /** The asker with the rights of this moment: for what a mutation has just made. */
  readonly readActor: () => Promise<Actor>;
  readonly database: Database;
  readonly storage: Storage;
  readonly queue: Queue;
  readonly auth: Auth;
  /** The one origin under which people reach the portal: what links begin with. */
  readonly publicUrl: string;
  /** Whether the model server answers; null where its address is not known. */
  readonly inferenceReady: () => Promise<boolean | null>;
  readonly requestId: string;
  /** Null over HTTP, where nothing is subscribed to. */
  readonly live: Live | null;
}

/** What a subscription needs beyond its first moment. */
export interface Live {
  readonly changes: Changes;
  /** A context with the rights of this moment; null where the session has ended. */
  readonly renew: () => Promise<Context | null>;
}
