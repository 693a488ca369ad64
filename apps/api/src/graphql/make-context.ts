import type { ServerParts } from '../server.ts';
import type { Context } from './context.ts';

type OwnParts = Pick<Context, 'actor' | 'readActor' | 'requestId' | 'live'>;

/** A request's context: what all requests share, and what is its own. */
export function makeContext(parts: ServerParts, own: OwnParts): Context {
  const { database, storage, queue, auth, publicUrl, inferenceReady } = parts;
  return { ...own, database, storage, queue, auth, publicUrl, inferenceReady };
}
