import type { SessionSettings } from './session.ts';
import { SessionHost } from './session-host.ts';
import { failed, type RemoteSession, type SessionOpener } from './session-thread.ts';

/** Sessions in the calling thread, which they block while they run: for scripts that have nothing else to do. */
export class LocalSessions implements SessionOpener {
  readonly #host = new SessionHost();
  readonly #open = new Set<number>();
  #last = 0;

  async open(model: Uint8Array, settings: SessionSettings): Promise<RemoteSession> {
    const id = ++this.#last;
    await report(this.#host.open(id, model, settings));
    this.#open.add(id);
    return {
      run: (request) => report(this.#host.run(id, request)),
      close: () => this.#close(id),
    };
  }

  async close(): Promise<void> {
    for (const id of this.#open) await this.#close(id);
  }

  async #close(id: number): Promise<void> {
    this.#open.delete(id);
    await this.#host.close(id);
  }
}

async function report<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error));
  }
}
