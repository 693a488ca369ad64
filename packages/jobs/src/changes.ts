import { EventEmitter } from 'node:events';
import { type Listening, listen } from '@cellmixer/database';
import { z } from 'zod';
import { CHANNEL } from './tell.ts';

const changeShape = z.object({ type: z.string(), id: z.string() });
/** A row that has changed. */
export type Change = Readonly<z.output<typeof changeShape>>;

export interface ChangesOptions {
  readonly databaseUrl: string;
  /** What goes wrong in the background: the lost connection. */
  readonly onError: (error: Error) => void;
}

/** Null: some changes may have been missed; read again what is shown. */
type Ear = (change: Change | null) => void;

/** What `tell` says, for as many as want to hear it, over one connection. */
export class Changes {
  readonly #ears = new EventEmitter().setMaxListeners(0);
  #listening: Listening | null = null;

  static async open({ databaseUrl, onError }: ChangesOptions): Promise<Changes> {
    const changes = new Changes();
    changes.#listening = await listen({
      url: databaseUrl,
      channel: CHANNEL,
      onMessage: (payload) => changes.#hear(payload),
      onGap: () => changes.#ears.emit('gap', null),
      onError,
    });
    return changes;
  }

  /** @returns ends it */
  onChangeOf({ type, id }: Change, ear: Ear): () => void {
    return this.#add(`of ${type} ${id}`, ear);
  }

  /** @returns ends it */
  onAnyChange(ear: Ear): () => void {
    return this.#add('any', ear);
  }

  async close(): Promise<void> {
    await this.#listening?.stop();
    this.#ears.removeAllListeners();
  }

  #add(event: string, ear: Ear): () => void {
    for (const name of [event, 'gap']) this.#ears.on(name, ear);
    return () => {
      for (const name of [event, 'gap']) this.#ears.off(name, ear);
    };
  }

  #hear(payload: string): void {
    const change = readChange(payload);
    if (change === null) return;
    this.#ears.emit(`of ${change.type} ${change.id}`, change);
    this.#ears.emit('any', change);
  }
}

/** @returns null for what somebody else said on our channel */
function readChange(payload: string): Change | null {
  try {
    return changeShape.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
