import { Worker } from 'node:worker_threads';
import { CellMixerError } from '@cellmixer/errors';
import type { SessionSettings } from './session.ts';
import type { Command, Outputs, Reply, RunRequest, ThreadStart } from './session-protocol.ts';

interface Waiting {
  resolve(outputs: Outputs): void;
  reject(error: Error): void;
}

/** A session that lives elsewhere. */
export interface RemoteSession {
  /** @throws RUNTIME_FAILED with the runtime's own words; CANCELLED where the thread was closed meanwhile */
  run(request: RunRequest): Promise<Outputs>;
  close(): Promise<void>;
}

/** Something that opens and runs sessions. */
export interface SessionOpener {
  /** @throws RUNTIME_FAILED */
  open(model: Uint8Array, settings: SessionSettings): Promise<RemoteSession>;
  /** Ends all sessions. What is still asked for is rejected with CANCELLED. */
  close(): Promise<void>;
}

/**
 * A worker thread that owns sessions and runs them in the order of asking.
 *
 * The runtime blocks the thread that calls it, so everything that runs a network goes through such a thread. An idle
 * thread does not keep the process alive.
 */
export class SessionThread implements SessionOpener {
  readonly #worker: Worker;
  readonly #ending = new Int32Array(new SharedArrayBuffer(4));
  readonly #exit: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: CellMixerError | undefined;

  constructor() {
    const workerData: ThreadStart = { ending: this.#ending };
    this.#worker = new Worker(new URL('./session-worker.ts', import.meta.url), {
      name: 'cellmixer-session',
      workerData,
    });
    this.#exit = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (cause) => this.#end(failed(`its thread died: ${cause.message}`)));
    this.#worker.on('exit', (code) => this.#end(failed(`its thread ended with code ${code}`)));
  }

  async open(model: Uint8Array, settings: SessionSettings): Promise<RemoteSession> {
    const session = ++this.#lastId;
    await this.#ask({ kind: 'open', session, model, settings });
    return {
      run: (request) => this.#ask({ kind: 'run', session, request }),
      close: async () => {
        await this.#ask({ kind: 'close', session });
      },
    };
  }

  async close(): Promise<void> {
    this.#end(new CellMixerError('CANCELLED', 'The network was closed while it was running.'));
    // An unreferenced worker would let the process end before the thread has.
    this.#worker.ref();
    // `terminate` in the middle of a run makes the runtime abort the whole process: the run is waited for.
    Atomics.store(this.#ending, 0, 1);
    this.#worker.postMessage({ id: 0, command: { kind: 'end' } });
    await this.#exit;
  }

  #ask(command: Command): Promise<Outputs> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, command });
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in reply) waiting?.reject(failed(reply.error));
    else waiting?.resolve(reply.outputs);
  }

  #end(error: CellMixerError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** The runtime's own words as an error of ours. */
export function failed(report: string): CellMixerError {
  return new CellMixerError('RUNTIME_FAILED', `The network could not be run: ${report}`);
}
