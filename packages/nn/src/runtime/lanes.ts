import type { GradientGraph, Lowering } from '../contracts.ts';
import type { ActualProvider } from './session.ts';
import type { RemoteSession } from './session-thread.ts';
import { SessionThread } from './session-thread.ts';
import { type SharedBatch, sharedFloats } from './shared-batch.ts';

/** What the gradient graph said of every group of a batch, group after group. */
export interface GroupResults {
  /** [groups, storedSize] */
  readonly gradients: Float32Array;
  /** [groups, statisticsCount] */
  readonly statistics: Float32Array;
  /** [groups, 4]: total, foreground, type, dice. */
  readonly losses: Float32Array;
}

const lossParts = 4;

/**
 * Threads that share the groups of a batch among them.
 *
 * A group is the unit of batch norm and of the sum of gradients, so its result does not depend on which lane ran it,
 * nor on how many there are. Parameters and results are shared memory, which nobody writes while the lanes read it.
 */
export class Lanes {
  readonly results: GroupResults;
  readonly #threads: readonly SessionThread[];
  readonly #sessions: readonly RemoteSession[];
  readonly #graph: GradientGraph;
  readonly #groups: number;

  private constructor(
    threads: readonly SessionThread[],
    sessions: readonly RemoteSession[],
    graph: GradientGraph,
    groups: number,
  ) {
    this.#threads = threads;
    this.#sessions = sessions;
    this.#graph = graph;
    this.#groups = groups;
    this.results = {
      gradients: sharedFloats(groups * graph.storedSize),
      statistics: sharedFloats(groups * graph.layout.statisticsCount),
      losses: sharedFloats(groups * lossParts),
    };
  }

  /**
   * Opens the gradient graph in as many threads as there are cores to use and groups to run. Any other provider than the
   * CPU gets one lane: the device is one.
   */
  static async open(
    graph: GradientGraph,
    { groups, cores, provider }: { groups: number; cores: number; provider: ActualProvider },
  ): Promise<Lanes> {
    const count = provider === 'cpu' ? Math.min(groups, cores) : 1;
    const threads = Array.from({ length: count }, () => new SessionThread());
    try {
      const settings = { provider, threads: threadsPerLane(graph.lowering, groups, cores) };
      const sessions = await Promise.all(threads.map((thread) => thread.open(graph.model, settings)));
      return new Lanes(threads, sessions, graph, groups);
    } catch (error) {
      await Promise.all(threads.map((thread) => thread.close()));
      throw error;
    }
  }

  get count(): number {
    return this.#threads.length;
  }

  /** A thread that is free between batches, for the update. */
  get spareThread(): SessionThread {
    return this.#threads[0]!;
  }

  /** Fills `results` for every group of the batch. @throws RUNTIME_FAILED, CANCELLED */
  async run(parameters: Float32Array, batch: SharedBatch): Promise<GroupResults> {
    let next = 0;
    const work = async (session: RemoteSession) => {
      while (next < this.#groups) await this.#runGroup(session, parameters, batch, next++);
    };
    await Promise.all(this.#sessions.map(work));
    return this.results;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #runGroup(session: RemoteSession, parameters: Float32Array, batch: SharedBatch, group: number) {
    const { storedSize, layout } = this.#graph;
    const { gradients, statistics, losses } = this.results;
    const part = (all: Float32Array, size: number) => ({
      data: all.subarray(group * size, (group + 1) * size),
      dims: [size],
    });
    await session.run({
      feeds: { parameters: { data: parameters, dims: [storedSize] }, ...batch.group(group) },
      into: {
        gradients: part(gradients, storedSize),
        losses: part(losses, lossParts),
        ...(layout.statisticsCount > 0 ? { statistics: part(statistics, layout.statisticsCount) } : {}),
      },
    });
  }
}

/**
 * Threads inside the operators of one lane. The blocked graph has the same bits with any number of them, so it takes the
 * cores that are left over. The portable one has not (its matrix products and convolutions divide their sums among
 * threads), so its number may depend on the work only, never on the machine: two for a lonely group, else one.
 */
function threadsPerLane(lowering: Lowering, groups: number, cores: number): number {
  if (lowering === 'portable') return groups === 1 ? 2 : 1;
  return Math.max(1, Math.floor(cores / Math.min(groups, cores)));
}
