import type { SessionSettings } from './session.ts';
import type { Outputs, RunRequest } from './session-protocol.ts';
import type { RemoteSession, SessionOpener } from './session-thread.ts';

/** The same graph in several threads; each request goes to the first that is free, in the order of asking. */
export class SessionPool {
  readonly #openers: readonly SessionOpener[];
  readonly #idle: RemoteSession[];
  readonly #queue: ((session: RemoteSession) => void)[] = [];

  private constructor(openers: readonly SessionOpener[], sessions: readonly RemoteSession[]) {
    this.#openers = openers;
    this.#idle = [...sessions];
  }

  static async open(
    openers: readonly SessionOpener[],
    model: Uint8Array,
    settings: SessionSettings,
  ): Promise<SessionPool> {
    try {
      return new SessionPool(
        openers,
        await Promise.all(openers.map((opener) => opener.open(model, settings))),
      );
    } catch (error) {
      await Promise.all(openers.map((opener) => opener.close()));
      throw error;
    }
  }

  /** @throws RUNTIME_FAILED, CANCELLED */
  async run(request: RunRequest): Promise<Outputs> {
    const session = this.#idle.pop() ?? (await new Promise<RemoteSession>((take) => this.#queue.push(take)));
    try {
      return await session.run(request);
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#idle.push(session);
      else next(session);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#openers.map((opener) => opener.close()));
  }
}
