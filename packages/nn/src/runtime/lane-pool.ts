import { CellMixerError } from '@cellmixer/errors';
import type { SessionSettings } from './session.ts';
import type { Outputs, RunRequest } from './session-protocol.ts';
import type { RemoteSession, SessionOpener } from './session-thread.ts';

/** A graph that any lane can run. */
export interface PooledGraph {
  /** @throws RUNTIME_FAILED, CANCELLED */
  run(request: RunRequest): Promise<Outputs>;
  /** Ends its sessions after the runs that were asked for before; the lanes stay. */
  close(): Promise<void>;
}

/**
 * Threads that several graphs share. Each does one thing at a time, a run or the opening of a session; what is asked
 * for goes to the first that is free, in the order of asking.
 */
export class LanePool {
  readonly #lanes: readonly SessionOpener[];
  readonly #idle: SessionOpener[];
  readonly #queue: ((lane: SessionOpener) => void)[] = [];

  constructor(lanes: readonly SessionOpener[]) {
    this.#lanes = lanes;
    this.#idle = [...lanes];
  }

  /**
   * Opens a graph in all lanes that are free just now, in one at least. The others open it when they first run it, so
   * that a new graph does not make the runs of other graphs stand still.
   *
   * @throws RUNTIME_FAILED, CANCELLED
   */
  async open(model: Uint8Array, settings: SessionSettings): Promise<PooledGraph> {
    const graph = new SharedGraph(model, settings, (work) => this.#inFreeLane(work));
    const copies = Math.max(1, this.#idle.length);
    const opened = await Promise.allSettled(Array.from({ length: copies }, () => graph.openSomewhere()));
    const failure = opened.find((result) => result.status === 'rejected');
    if (failure === undefined) return graph;
    await graph.close();
    throw failure.reason;
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  async #inFreeLane<T>(work: (lane: SessionOpener) => Promise<T>): Promise<T> {
    const lane = this.#idle.pop() ?? (await new Promise<SessionOpener>((take) => this.#queue.push(take)));
    try {
      return await work(lane);
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#idle.push(lane);
      else next(lane);
    }
  }
}

type InFreeLane = <T>(work: (lane: SessionOpener) => Promise<T>) => Promise<T>;

class SharedGraph implements PooledGraph {
  readonly #model: Uint8Array;
  readonly #settings: SessionSettings;
  readonly #inFreeLane: InFreeLane;
  readonly #sessions = new Map<SessionOpener, RemoteSession>();
  readonly #runs = new Set<Promise<Outputs>>();
  #closed = false;

  constructor(model: Uint8Array, settings: SessionSettings, inFreeLane: InFreeLane) {
    this.#model = model;
    this.#settings = settings;
    this.#inFreeLane = inFreeLane;
  }

  async openSomewhere(): Promise<void> {
    await this.#inFreeLane((lane) => this.#sessionIn(lane));
  }

  async run(request: RunRequest): Promise<Outputs> {
    if (this.#closed) throw new CellMixerError('CANCELLED', 'The network was closed before this run.');
    const run = this.#inFreeLane(async (lane) => (await this.#sessionIn(lane)).run(request));
    this.#runs.add(run);
    try {
      return await run;
    } finally {
      this.#runs.delete(run);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#runs);
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
    this.#sessions.clear();
  }

  async #sessionIn(lane: SessionOpener): Promise<RemoteSession> {
    const known = this.#sessions.get(lane);
    if (known !== undefined) return known;
    const session = await lane.open(this.#model, this.#settings);
    this.#sessions.set(lane, session);
    return session;
  }
}
