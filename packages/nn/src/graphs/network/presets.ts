import type { LossOptions, UNetOptions } from '../../contracts.ts';

export type NetworkPreset = 'fast' | 'balanced' | 'accurate';

/** How large a network each preset takes: a step of `accurate` costs about three of `balanced`. */
export const networkPresets: Record<NetworkPreset, Pick<UNetOptions, 'width' | 'levels'>> = {
  fast: { width: 16, levels: 3 },
  balanced: { width: 16, levels: 4 },
  accurate: { width: 32, levels: 4 },
};

/** The network of the method, with what is given put in its place. Batch norm is what made mixtures work. */
export function defaultUNet(
  options: Pick<UNetOptions, 'inputChannels' | 'types'> & Partial<UNetOptions>,
): UNetOptions {
  return {
    ...networkPresets.balanced,
    typeHead: 'softmax',
    norm: 'batch',
    activation: 'relu',
    block: 'plain',
    upsample: 'nearest',
    deepSupervision: true,
    ...options,
  };
}

export const defaultLoss: LossOptions = {
  foreground: 1,
  type: 1,
  dice: 1,
  deepSupervision: [0.5, 0.25],
};
