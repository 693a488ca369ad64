import { CellMixerError } from '@cellmixer/errors';
import type { GradientGraph, GradientGraphOptions } from '../contracts.ts';
import { BlockedKernels } from './kernels/blocked/blocked-kernels.ts';
import type { Kernels } from './kernels/kernels.ts';
import { PortableKernels } from './kernels/portable/portable-kernels.ts';
import type { LayerContext } from './layers/layer-context.ts';
import { networkLoss } from './losses/network-loss.ts';
import { weightedTargets } from './losses/targets.ts';
import { networkLayout } from './network/network-layout.ts';
import { TrainingNetwork } from './network/training-network.ts';
import { unet } from './network/unet.ts';
import { ParameterStore } from './parameter-store.ts';
import { Tape } from './tape.ts';
import { type Tensor, TensorGraph } from './tensor-graph.ts';

/**
 * Builds forward, loss and backward of one group of images as one graph; see {@link GradientGraph} for what goes in
 * and comes out. Throws GRAPH_INVALID where the picture's sides do not divide, or where the blocked lowering cannot
 * do what is asked (then the portable one can).
 */
export function buildGradientGraph(options: GradientGraphOptions): GradientGraph {
  const { network, group, height, width } = options;
  checkSides(options);
  const layout = networkLayout(network);
  const graph = new TensorGraph();
  const kernels = chooseKernels(graph, options);
  const store = new ParameterStore(layout.parameters, kernels);
  const tape = new Tape(graph);

  const parameters = store.split(graph, graph.input('parameters', [store.size]));
  const images = graph.input('images', [group, network.inputChannels, height, width]);
  const foreground = graph.input('foreground', [group, 1, height, width]);
  const types = graph.input('types', [group, network.types, height, width]);
  const weight = graph.input('weight', [group, 1, height, width]);

  const statistics: Tensor[] = [];
  const context: LayerContext = {
    graph,
    tape,
    kernels,
    parameter: (name) => parameters.get(name)!,
    reportStatistics: (_norm, mean, meanSquare) => statistics.push(mean, meanSquare),
  };
  const heads = unet(new TrainingNetwork(context, images), network, images);
  const targets = weightedTargets(graph, weight, foreground, types);
  const losses = networkLoss(context, heads, targets, network.typeHead, options.loss);
  tape.backward();

  graph.scope('outputs');
  graph.output('gradients', store.join(graph, tape));
  graph.output('statistics', statistics.length > 0 ? graph.concat(statistics, 0) : graph.filled(0, [0]));
  graph.output('losses', losses);
  return {
    model: graph.builder.writeForRuntime(),
    lowering: options.lowering,
    group,
    height,
    width,
    layout,
    storedSize: store.size,
    toStored: (portable) => store.toStored(portable),
    fromStored: (stored) => store.fromStored(stored),
  };
}

function chooseKernels(graph: TensorGraph, options: GradientGraphOptions): Kernels {
  if (options.lowering === 'portable') return new PortableKernels(graph);
  if (options.blockSize === undefined) {
    throw new CellMixerError(
      'GRAPH_INVALID',
      'The blocked lowering needs the block size of this processor.',
      {
        cure: 'Give blockSize from the probe, or take the portable lowering.',
      },
    );
  }
  return new BlockedKernels(graph, options.blockSize, options.network.inputChannels);
}

function checkSides({ network, group, height, width }: GradientGraphOptions): void {
  const multiple = 2 ** (network.levels - 1);
  if (height % multiple !== 0 || width % multiple !== 0 || height < 1 || width < 1) {
    throw new CellMixerError(
      'GRAPH_INVALID',
      `Pictures of ${width}×${height} do not halve ${network.levels - 1} times.`,
      { cure: `Take sides that are multiples of ${multiple}.` },
    );
  }
  if (!Number.isInteger(group) || group < 1) {
    throw new CellMixerError('GRAPH_INVALID', `A group of ${group} images cannot be trained on.`);
  }
}
