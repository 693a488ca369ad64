import type { GradientGraph, TrainerState } from '../contracts.ts';
import { buildUpdateGraph, decayMask } from '../graphs/update/update-graph.ts';
import type { TensorValue } from './session.ts';
import type { RemoteSession, SessionThread } from './session-thread.ts';
import { sharedFloats } from './shared-batch.ts';

export interface OptimiserSettings {
  readonly groups: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
  /** Threads inside the operators of the update. */
  readonly threads: number;
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** The vectors of the state, by the names of the update graph's outputs. */
const newNames = {
  parameters: 'newParameters',
  first: 'newFirst',
  second: 'newSecond',
  average: 'newAverage',
} as const;
type VectorName = keyof typeof newNames;
type Vectors = Readonly<Record<VectorName, Float32Array>>;
const vectorNames: readonly VectorName[] = ['parameters', 'first', 'second', 'average'];

/**
 * AdamW over the whole stored vector, with global-norm clipping and averaged weights: the state and the session of the
 * update graph.
 */
export class Optimiser {
  #step = 0;
  readonly #session: RemoteSession;
  readonly #graph: GradientGraph;
  readonly #groups: number;
  readonly #decayMask: Float32Array;
  #current: Vectors;
  /** What the next update writes, so that a failed one leaves the state as it was. */
  #next: Vectors;

  private constructor(session: RemoteSession, graph: GradientGraph, groups: number) {
    this.#session = session;
    this.#graph = graph;
    this.#groups = groups;
    this.#decayMask = sharedFloats(graph.storedSize);
    this.#decayMask.set(decayMask(graph));
    this.#current = emptyVectors(graph.storedSize);
    this.#next = emptyVectors(graph.storedSize);
  }

  static async open(
    thread: SessionThread,
    graph: GradientGraph,
    { groups, weightDecay, clipNorm, threads }: OptimiserSettings,
  ): Promise<Optimiser> {
    const { storedSize } = graph;
    const model = buildUpdateGraph({ storedSize, groups, beta1, beta2, epsilon, weightDecay, clipNorm });
    // On the CPU whatever the gradients' provider: it is bound by memory, and the state stays at hand.
    const session = await thread.open(model, { provider: 'cpu', threads });
    return new Optimiser(session, graph, groups);
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Stored order, shared; valid until the next update. */
  get parameters(): Float32Array {
    return this.#current.parameters;
  }

  get average(): Float32Array {
    return this.#current.average;
  }

  /**
   * One step with the mean of the groups' gradients ([groups, storedSize]). The average's decay is
   * min(0.999, (1 + t) / (10 + t)), t counted from 1.
   *
   * @returns the norm of the mean gradient before clipping
   */
  async update(gradients: Float32Array, learningRate: number): Promise<number> {
    const { storedSize } = this.#graph;
    const t = this.#step + 1;
    const vector = (data: Float32Array): TensorValue => ({ data, dims: [storedSize] });
    const scalar = (value: number): TensorValue => ({ data: Float32Array.of(value), dims: [] });
    const outputs = await this.#session.run({
      feeds: {
        ...mapVectors((name) => [name, vector(this.#current[name])]),
        gradients: { data: gradients, dims: [this.#groups, storedSize] },
        decayMask: vector(this.#decayMask),
        learningRate: scalar(learningRate),
        correction1: scalar(1 - beta1 ** t),
        correction2: scalar(1 - beta2 ** t),
        averageDecay: scalar(Math.min(0.999, (1 + t) / (10 + t))),
      },
      into: mapVectors((name) => [newNames[name], vector(this.#next[name])]),
      fetch: ['gradientNorm'],
    });
    [this.#current, this.#next] = [this.#next, this.#current];
    this.#step = t;
    return outputs.gradientNorm?.data[0] ?? Number.NaN;
  }

  read(): TrainerState {
    const portable = (name: VectorName) => this.#graph.fromStored(this.#current[name]);
    return {
      step: this.#step,
      parameters: portable('parameters'),
      first: portable('first'),
      second: portable('second'),
      average: portable('average'),
    };
  }

  write(state: TrainerState): void {
    for (const name of vectorNames) this.#current[name].set(this.#graph.toStored(state[name]));
    this.#step = state.step;
  }
}

function emptyVectors(size: number): Vectors {
  return {
    parameters: sharedFloats(size),
    first: sharedFloats(size),
    second: sharedFloats(size),
    average: sharedFloats(size),
  };
}

function mapVectors(entry: (name: VectorName) => [string, TensorValue]): Record<string, TensorValue> {
  return Object.fromEntries(vectorNames.map(entry));
}
