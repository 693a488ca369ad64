import { CellMixerError } from '@cellmixer/errors';
import type { GradientGraph, GradientGraphOptions, TrainerOptions } from '../contracts.ts';
import { buildGradientGraph } from '../graphs/gradient-graph.ts';
import { defaultLoss } from '../graphs/network/presets.ts';
import { probeBlockedLowering } from './probe.ts';
import type { ActualProvider } from './session.ts';

/**
 * Builds the gradient graph in the lowering that is asked for. `auto` takes the blocked one where this processor's
 * runtime computes the same gradients with it and the shapes divide into its blocks, else the portable one.
 *
 * @throws GRAPH_INVALID where `blocked` is asked for by name and cannot be had
 */
export async function chooseGradientGraph(
  { network, loss, group, height, width, lowering = 'auto' }: TrainerOptions,
  provider: ActualProvider,
): Promise<GradientGraph> {
  const options = { network, loss: { ...defaultLoss, ...loss }, group, height, width };
  const portable = () => buildGradientGraph({ ...options, lowering: 'portable' });
  if (lowering === 'portable' || (lowering === 'auto' && provider !== 'cpu')) return portable();
  if (provider !== 'cpu') throw noBlocks(`the provider "${provider}" does not know it`);

  const probe = await probeBlockedLowering();
  if (probe.blockSize === undefined) {
    if (lowering === 'blocked') throw noBlocks(probe.note);
    return portable();
  }
  const blocked = { ...options, lowering: 'blocked', blockSize: probe.blockSize } as const;
  return lowering === 'blocked' ? buildGradientGraph(blocked) : (buildOrNothing(blocked) ?? portable());
}

function buildOrNothing(options: GradientGraphOptions): GradientGraph | undefined {
  try {
    return buildGradientGraph(options);
  } catch (error) {
    if (error instanceof CellMixerError && error.code === 'GRAPH_INVALID') return undefined;
    throw error;
  }
}

function noBlocks(why: string): CellMixerError {
  return new CellMixerError('GRAPH_INVALID', `The blocked lowering cannot be used: ${why}.`, {
    cure: 'Choose the lowering "auto" or "portable".',
  });
}
