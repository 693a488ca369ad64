import type { TrainingBatch } from '@cellmixer/nn';
import type { Recipe } from '../contracts.ts';
import type { Composer } from './compose-sample.ts';
import type { Stock } from './stock.ts';

/** What a worker thread begins with. */
export interface WorkerStart {
  readonly stock: Stock;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly batch: number;
}

export interface BatchRequest {
  readonly id: number;
  readonly step: number;
  readonly maskGeneration: number;
}

export type BatchReply =
  | { readonly id: number; readonly batch: TrainingBatch }
  | { readonly id: number; readonly message: string };

/** The samples of one training step, side by side. */
export function composeBatch(
  composer: Composer,
  stock: Stock,
  recipe: Recipe,
  count: number,
  step: number,
  maskGeneration: number,
): TrainingBatch {
  const size = recipe.cropSize;
  const area = size * size;
  const types = stock.types.length;
  const images = new Float32Array(count * stock.channels * area);
  const foreground = new Float32Array(count * area);
  const targets = new Float32Array(count * types * area);
  const weight = new Float32Array(count * area);
  for (let n = 0; n < count; n++) {
    const sample = {
      size,
      image: images.subarray(n * stock.channels * area, (n + 1) * stock.channels * area),
      foreground: foreground.subarray(n * area, (n + 1) * area),
      types: targets.subarray(n * types * area, (n + 1) * types * area),
      weight: weight.subarray(n * area, (n + 1) * area),
    };
    composer.fill(sample, step, n, maskGeneration);
  }
  return { count, height: size, width: size, images, foreground, types: targets, weight };
}
