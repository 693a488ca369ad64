import type { BatchLimits } from './take-batch.ts';

/**
 * How much runs at once. On a CPU company saves little (a picture of 256² takes 8 % less among eight than alone) and
 * costs memory by the pixel, so only small pictures run together; a GPU is filled by more.
 */
export function batchLimits(pictures: number, provider: string | undefined): BatchLimits {
  const side = provider === undefined || provider === 'cpu' ? 256 : 1024;
  return { pictures, pixels: 8 * side * side };
}
