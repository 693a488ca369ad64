import { availableParallelism } from 'node:os';
import { CellMixerError } from '@cellmixer/errors';
import type {
  GradientGraph,
  StepResult,
  TrainedNetwork,
  Trainer,
  TrainerOptions,
  TrainerState,
  TrainingBatch,
} from '../contracts.ts';
import { initialiseParameters } from '../graphs/network/initialise-parameters.ts';
import { chooseGradientGraph } from './gradient-graph-choice.ts';
import { Lanes } from './lanes.ts';
import { NormAverage } from './norm-average.ts';
import { Optimiser } from './optimiser.ts';
import { chooseProvider } from './providers.ts';
import type { ActualProvider } from './session.ts';
import { SharedBatch } from './shared-batch.ts';

const defaults = { weightDecay: 0.01, clipNorm: 1, foregroundPrior: 0.3 };

/**
 * Makes a network ready to be trained: fresh parameters from the seed, one gradient graph for a group of images, lanes
 * that run it. The same options and batches give the same bits, whatever the number of lanes, on processors with the
 * same instructions.
 *
 * @throws INVALID_ARGUMENT for a batch that is not whole groups; GRAPH_INVALID for shapes that the network cannot take;
 * PROVIDER_UNAVAILABLE
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  checkOptions(options);
  const { provider } = await chooseProvider(options.provider);
  const graph = await chooseGradientGraph(options, provider);
  const cores = options.lanes ?? availableParallelism();
  const groups = options.batch / options.group;
  const lanes = await Lanes.open(graph, { groups, cores, provider });
  try {
    const optimiser = await Optimiser.open(lanes.spareThread, graph, {
      groups,
      weightDecay: options.weightDecay ?? defaults.weightDecay,
      clipNorm: options.clipNorm ?? defaults.clipNorm,
      // Bound by memory: more threads than this only wait.
      threads: Math.min(cores, 4),
    });
    const parameters = initialiseParameters(options.network, options.seed, {
      foregroundPrior: options.foregroundPrior ?? defaults.foregroundPrior,
    });
    const zeros = new Float32Array(parameters.length);
    optimiser.write({ step: 0, parameters, first: zeros, second: zeros, average: parameters });
    return new LaneTrainer(options, provider, graph, lanes, optimiser);
  } catch (error) {
    await lanes.close();
    throw error;
  }
}

class LaneTrainer implements Trainer {
  readonly provider: ActualProvider;
  readonly #options: TrainerOptions;
  readonly #graph: GradientGraph;
  readonly #lanes: Lanes;
  readonly #optimiser: Optimiser;
  readonly #batch: SharedBatch;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    options: TrainerOptions,
    provider: ActualProvider,
    graph: GradientGraph,
    lanes: Lanes,
    optimiser: Optimiser,
  ) {
    this.provider = provider;
    this.#options = options;
    this.#graph = graph;
    this.#lanes = lanes;
    this.#optimiser = optimiser;
    const { network, batch, group, height, width } = options;
    this.#batch = new SharedBatch({ ...network, count: batch, group, height, width });
  }

  get step() {
    return this.#optimiser.step;
  }

  get lowering() {
    return this.#graph.lowering;
  }

  get lanes() {
    return this.#lanes.count;
  }

  get layout() {
    return this.#graph.layout;
  }

  trainStep(batch: TrainingBatch, learningRate: number): Promise<StepResult> {
    return this.#inTurn(async () => {
      this.#batch.load(batch);
      const { gradients, losses } = await this.#lanes.run(this.#optimiser.parameters, this.#batch);
      const [loss = 0, foregroundLoss = 0, typeLoss = 0, diceLoss = 0] = meanOverGroups(
        losses,
        this.#batch.groups,
      );
      if (!Number.isFinite(loss)) throw diverged('loss', loss, this.step + 1, learningRate);
      const gradientNorm = await this.#optimiser.update(gradients, learningRate);
      // The step is taken, but nobody may save or go on from it.
      if (!Number.isFinite(gradientNorm)) throw diverged('gradient', gradientNorm, this.step, learningRate);
      return { step: this.step, loss, foregroundLoss, typeLoss, diceLoss, gradientNorm };
    });
  }

  averagedNetwork(batches: readonly TrainingBatch[]): Promise<TrainedNetwork> {
    return this.#inTurn(async () => {
      const average = new NormAverage(this.layout);
      if (batches.length === 0 && this.layout.statisticsCount > 0)
        throw new CellMixerError(
          'INVALID_ARGUMENT',
          'The norm statistics need at least one batch to be measured on.',
        );
      for (const batch of this.layout.statisticsCount > 0 ? batches : []) {
        this.#batch.load(batch);
        const { statistics } = await this.#lanes.run(this.#optimiser.average, this.#batch);
        average.add(statistics);
      }
      const parameters = this.#graph.fromStored(this.#optimiser.average);
      return { network: this.#options.network, parameters, statistics: average.variances() };
    });
  }

  state(): Promise<TrainerState> {
    return this.#inTurn(async () => this.#optimiser.read());
  }

  restore(state: TrainerState): Promise<void> {
    return this.#inTurn(async () => {
      checkState(state, this.layout.parameterCount);
      this.#optimiser.write(state);
    });
  }

  close(): Promise<void> {
    return this.#lanes.close();
  }

  /** Runs after everything that was asked before: batch, lanes and state are shared. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function meanOverGroups(losses: Float32Array, groups: number): number[] {
  const parts = losses.length / groups;
  return Array.from({ length: parts }, (_, part) => {
    let sum = 0;
    for (let group = 0; group < groups; group++) sum += losses[group * parts + part]!;
    return sum / groups;
  });
}

function diverged(what: string, value: number, step: number, learningRate: number): CellMixerError {
  return new CellMixerError('TRAINING_DIVERGED', `The ${what} of step ${step} is ${value}.`, {
    subject: 'learningRate',
    cure: `Train with a learning rate below ${learningRate}, and look for pictures with values that are not numbers.`,
  });
}

function checkState(state: TrainerState, parameterCount: number): void {
  if (!Number.isInteger(state.step) || state.step < 0)
    throw new CellMixerError('INVALID_ARGUMENT', `A training cannot go on from step ${state.step}.`);
  for (const name of ['parameters', 'first', 'second', 'average'] as const) {
    if (state[name].length !== parameterCount)
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `"${name}" of the state has ${state[name].length} values, this network has ${parameterCount} parameters.`,
        { cure: 'Restore a state of the same network.' },
      );
  }
}

function checkOptions({ batch, group, lanes, height, width }: TrainerOptions): void {
  const whole = { batch, group, height, width, ...(lanes === undefined ? {} : { lanes }) };
  for (const [name, value] of Object.entries(whole)) {
    if (!Number.isInteger(value) || value < 1)
      throw new CellMixerError('INVALID_ARGUMENT', `"${name}" must be a whole number ≥ 1, not ${value}.`);
  }
  if (batch % group !== 0)
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `A batch of ${batch} images is not whole groups of ${group}.`,
      {
        cure: `Choose a batch that is a multiple of ${group}.`,
      },
    );
}
