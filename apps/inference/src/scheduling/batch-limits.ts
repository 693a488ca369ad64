import type { BatchLimits } from './take-batch.ts';

/**
 * How much runs at once. On a CPU company saves little (a picture of 256² takes 8 % less among eight than alone) and
 * costs memory by the pixel, so only small pictures run together; a GPU is filled by more.
 */
export function batchLimits(pictures: number, provider: string | undefined): BatchLimits {
  const onCpu = provider === undefined || provider === 'cpu';
  return { pictures, pixels: onCpu ? 512 * 512 : 8 * 1024 * 1024 };
}
