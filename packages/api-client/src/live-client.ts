import { CellMixerError } from '@cellmixer/errors';
import { type Client, createClient } from 'graphql-ws/client';
import { z } from 'zod';

export interface LiveClientOptions {
  /** The server's address, without a path. */
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly cookie: string;
}

/**
 * Makes the connection for subscriptions. It opens with the first of them and closes with the last; where it is lost,
 * it is opened again, and every subscription begins anew with how things stand.
 */
export function openLiveClient({ url, apiKey, cookie }: LiveClientOptions): Client {
  // Browsers send their cookies themselves, and take no headers.
  class SignedSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, cookie === '' ? protocols : { protocols, headers: { cookie } });
    }
  }
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: SignedSocket,
    connectionParams: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    retryAttempts: 3,
    keepAlive: 15_000,
  });
}

const refusalsShape = z
  .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }))
  .min(1);
const closeShape = z.object({ code: z.number(), reason: z.string() });

/** The data of one event. @throws API_REFUSED where the server answered with errors */
export function dataOf(result: { readonly data?: unknown; readonly errors?: unknown }): unknown {
  if (result.errors !== undefined) throw toError(result.errors);
  return result.data;
}

/** What ended a subscription, as one of our errors. */
export function toError(thrown: unknown): CellMixerError {
  if (thrown instanceof CellMixerError) return thrown;
  const refusal = refusalsShape.safeParse(thrown).data?.[0];
  if (refusal !== undefined) {
    const { code, cure } = refusal.extensions ?? {};
    return new CellMixerError('API_REFUSED', refusal.message, {
      subject: String(code ?? ''),
      ...(typeof cure === 'string' ? { cure } : {}),
    });
  }
  const close = closeShape.safeParse(thrown).data;
  if (close?.code === 4401)
    return new CellMixerError('NOT_AUTHENTICATED', close.reason, {
      cure: 'Sign in again, or take another key.',
    });
  return new CellMixerError(
    'SERVICE_UNAVAILABLE',
    `the connection for subscriptions is lost${close === undefined ? '' : ` (${close.code} ${close.reason})`}`,
    {
      cure: 'Check that the server runs, and that what stands before it passes WebSockets on.',
      cause: thrown,
    },
  );
}
