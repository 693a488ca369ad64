import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';
import type { Client } from 'graphql-ws/client';
import { z } from 'zod';
import { dataOf, openLiveClient, toError } from './live-client.ts';

export interface ApiClientOptions {
  /** The server's address, such as http://127.0.0.1:4800 */
  readonly url: string;
  /** An API key; without one, sign in. */
  readonly apiKey?: string;
  /** Tries of a request that the server was too busy for; 5 by default. */
  readonly tries?: number;
  /** Gives up whatever is under way. */
  readonly signal?: AbortSignal;
}

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});

/** Speaks GraphQL with a CellMixer server, as a person who signed in or with an API key. */
export class ApiClient {
  readonly url: string;
  readonly signal: AbortSignal | undefined;
  readonly #key: string | undefined;
  readonly #tries: number;
  #cookie = '';
  #live: Client | null = null;

  constructor({ url, apiKey, tries = 5, signal }: ApiClientOptions) {
    this.url = url.replace(/\/$/, '');
    this.signal = signal;
    this.#key = apiKey;
    this.#tries = tries;
  }

  /** @throws NOT_AUTHENTICATED where address or password are wrong */
  async signIn(email: string, password: string): Promise<void> {
    const response = await this.#post('/api/auth/sign-in/email', { email, password });
    if (!response.ok) {
      throw new CellMixerError('NOT_AUTHENTICATED', `"${email}" could not sign in`, {
        subject: email,
        cure: 'Check the address and the password.',
      });
    }
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
    this.#live = null;
  }

  /**
   * Sends one query or mutation. A mutation that answers with an error of its union is the caller's to look at.
   *
   * @param shape what `data` must look like
   * @throws API_REFUSED with the server's words; SERVICE_BUSY, SERVICE_UNAVAILABLE after the last try
   */
  async request<Data>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    shape: z.ZodType<Data>,
  ): Promise<Data> {
    const response = await this.#post('/graphql', { query, variables });
    if (response.status === 502 || response.status === 504) throw interrupted(this.url);
    const answer = answerShape.safeParse(await response.json().catch(() => null));
    if (!answer.success) {
      throw new CellMixerError(
        'SERVICE_UNAVAILABLE',
        `${this.url} answered ${response.status} without GraphQL`,
        {
          subject: this.url,
          cure: 'Check the address; it is that of the portal, without a path.',
        },
      );
    }
    const problem = answer.data.errors?.[0];
    if (problem !== undefined) {
      const cure = problem.extensions?.cure;
      throw new CellMixerError('API_REFUSED', problem.message, {
        subject: String(problem.extensions?.code ?? ''),
        ...(typeof cure === 'string' ? { cure } : {}),
      });
    }
    return shape.parse(answer.data.data);
  }

  /**
   * Subscribes: what is watched comes as it is now, then whenever it changes. A lost connection is made again, and
   * what is watched comes anew. It ends where the thing is deleted or hidden, and with the client's signal.
   *
   * @param shape what the `data` of an event must look like
   * @throws API_REFUSED with the server's words; NOT_AUTHENTICATED; SERVICE_UNAVAILABLE where no connection is to be had
   */
  async *subscribe<Data>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    shape: z.ZodType<Data>,
  ): AsyncGenerator<Data> {
    this.signal?.throwIfAborted();
    this.#live ??= openLiveClient({ url: this.url, apiKey: this.#key, cookie: this.#cookie });
    const events = this.#live.iterate({ query, variables });
    const end = () => void events.return?.();
    this.signal?.addEventListener('abort', end);
    try {
      for await (const event of events) yield shape.parse(dataOf(event));
    } catch (error) {
      throw error instanceof z.ZodError ? error : toError(error);
    } finally {
      this.signal?.removeEventListener('abort', end);
    }
    this.signal?.throwIfAborted();
  }

  /** Waits some milliseconds, unless the signal gives up. */
  async pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, this.signal && { signal: this.signal });
  }

  async #post(path: string, body: unknown): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.#send(path, body);
      const busy = response.status === 429 || response.status === 503;
      if (!busy) return response;
      if (attempt >= this.#tries) {
        throw new CellMixerError('SERVICE_BUSY', `${this.url} is too busy (${response.status})`, {
          subject: this.url,
          cure: 'Try again later.',
        });
      }
      await pause(1000 * secondsToWait(response, attempt), undefined, this.#untilAborted());
    }
  }

  async #send(path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(this.url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: this.url,
          ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
          ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        },
        body: JSON.stringify(body),
        ...this.#untilAborted(),
      });
    } catch (cause) {
      this.signal?.throwIfAborted();
      throw new CellMixerError('SERVICE_UNAVAILABLE', `${this.url} cannot be reached`, {
        subject: this.url,
        cure: 'Check that the server runs and that the address is right.',
        cause,
      });
    }
  }

  #untilAborted(): { readonly signal?: AbortSignal } {
    return this.signal === undefined ? {} : { signal: this.signal };
  }
}

/** Asked, but not answered: a mutation may have been done. Not sent again from here, since only some may be done twice. */
function interrupted(url: string): CellMixerError {
  return new CellMixerError('SERVICE_UNAVAILABLE', `${url} did not answer to the end`, {
    subject: url,
    cure: 'Look whether it has been done, or ask again with the same idempotency key.',
  });
}

/** What the server asks for, else twice as long each time, from half a second. */
function secondsToWait(response: Response, attempt: number): number {
  const asked = Number(response.headers.get('retry-after'));
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, 60) : 0.5 * 2 ** (attempt - 1);
}
