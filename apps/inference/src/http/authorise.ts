import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';

/** Lets a request pass that carries the token. Hashes are compared, so that the time tells nothing of the token. */
export function authorise(request: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return;
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && timingSafeEqual(hash(given), hash(token))) return;
  throw new CellMixerError(
    'NOT_AUTHENTICATED',
    given === undefined ? 'the request carries no token' : 'the token of the request is wrong',
    { cure: 'Send "Authorization: Bearer" with the value of INFERENCE_TOKEN.' },
  );
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
