import type { Actor } from '../access/actor.ts';
import { loadActor } from '../access/load-actor.ts';
import { type Identity, readIdentity } from '../auth/read-actor.ts';
import type { Context } from '../graphql/context.ts';
import { makeContext } from '../graphql/make-context.ts';
import type { ServerParts } from '../server.ts';

/** The longest time (ms) until the session is looked at again, whatever happens. */
const LONGEST_TRUST = 3_600_000;

/** One connection of one person or key. It lives as long as the session or key that opened it. */
export class LiveConnection {
  readonly #parts: ServerParts;
  readonly #headers: Headers;
  readonly #requestId: string;
  readonly #onEnd: () => void;
  #timer: NodeJS.Timeout | undefined;
  #deafen: () => void = () => {};
  #ended = false;
  /** Names the person or key. */
  readonly name: string;

  private constructor(
    parts: ServerParts,
    headers: Headers,
    requestId: string,
    onEnd: () => void,
    name: string,
  ) {
    this.#parts = parts;
    this.#headers = headers;
    this.#requestId = requestId;
    this.#onEnd = onEnd;
    this.name = name;
  }

  /**
   * @param onEnd called once when the session or key has ended
   * @returns null where nobody is signed in
   */
  static async open(
    parts: ServerParts,
    headers: Headers,
    requestId: string,
    onEnd: () => void,
  ): Promise<LiveConnection | null> {
    const identity = await readIdentity(parts.database, parts.auth, headers, true);
    if (identity === null) return null;
    const { person, proof } = identity;
    const name = person.key === undefined ? `person:${person.userId}` : `key:${person.key.id}`;
    const connection = new LiveConnection(parts, headers, requestId, onEnd, name);
    connection.#deafen = parts.changes.onChangeOf(proof, () => void connection.#look());
    // Ended between the reading and the listening.
    await connection.#look();
    return connection.#ended ? null : connection;
  }

  /** A context with the rights of this moment; null where the session has ended. */
  async renew(): Promise<Context | null> {
    const identity = await this.#identify();
    return identity === null ? null : this.#context(await loadActor(this.#parts.database, identity.person));
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#deafen();
  }

  async #look(): Promise<void> {
    const { log } = this.#parts;
    try {
      const identity = await this.#identify();
      if (identity === null || this.#ended) return;
      const expiry = identity.proof.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#look(), Math.min(expiry - Date.now() + 10, LONGEST_TRUST));
    } catch (error) {
      log.warn({ err: error }, 'the session of a connection could not be read');
      clearTimeout(this.#timer);
      if (!this.#ended) this.#timer = setTimeout(() => void this.#look(), 1000);
    }
  }

  async #identify(): Promise<Identity | null> {
    if (this.#ended) return null;
    const { database, auth } = this.#parts;
    const identity = await readIdentity(database, auth, this.#headers, true);
    if (identity === null && !this.#ended) {
      this.end();
      this.#onEnd();
    }
    return identity;
  }

  #context(actor: Actor): Context {
    const { changes } = this.#parts;
    return makeContext(this.#parts, {
      actor,
      readActor: async () => (await this.renew())?.actor ?? actor,
      requestId: this.#requestId,
      live: { changes, renew: () => this.renew() },
    });
  }
}
