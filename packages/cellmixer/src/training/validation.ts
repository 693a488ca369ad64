import type { TrainingBatch } from '@cellmixer/nn';
import type { Predictor } from '../contracts.ts';

export interface Validation {
  readonly miou: number;
  readonly foregroundIou: number;
  /** Mean over types of the share of true foreground that is called by its type; background counts as wrong. */
  readonly typeAccuracy: number;
  /** Pixels of true foreground by (true type, called type); background calls are left out. */
  readonly confusion: number[][];
}

/**
 * Looks at artificial mixtures in the layout of training batches. Pixels of weight 0 and pixels whose soft
 * target has no clear winner (> 0.99) do not count.
 */
export async function validate(
  predictor: Predictor,
  batches: readonly TrainingBatch[],
  types: number,
): Promise<Validation> {
  // Rows: truth 0 background, 1…K; columns: called.
  const counts = Array.from({ length: types + 1 }, () => new Float64Array(types + 1));
  for (const batch of batches) {
    const size = batch.height * batch.width;
    const found = await predictor.predict(batch.images, batch.count, batch.height, batch.width);
    for (let n = 0; n < batch.count; n++) {
      for (let i = 0; i < size; i++) {
        const at = n * size + i;
        if (batch.weight[at] === 0) continue;
        const truth = truthAt(batch, n, i, size, types);
        if (truth < 0) continue;
        counts[truth]![calledAt(found, n, i, size, types)]! += 1;
      }
    }
  }
  return summarise(counts, types);
}

function truthAt(batch: TrainingBatch, n: number, i: number, size: number, types: number): number {
  const foreground = batch.foreground[n * size + i]!;
  if (foreground < 0.01) return 0;
  if (foreground < 0.99) return -1;
  for (let k = 0; k < types; k++) if (batch.types[(n * types + k) * size + i]! > 0.99) return k + 1;
  return -1;
}

/** The type (1…K) that pixel `i` of picture `n` is called, 0 for background. */
export function calledAt(
  found: { readonly foreground: Float32Array; readonly types: Float32Array },
  n: number,
  i: number,
  size: number,
  types: number,
): number {
  if (found.foreground[n * size + i]! < 0.5) return 0;
  let best = 0;
  for (let k = 1; k < types; k++) {
    if (found.types[(n * types + k) * size + i]! > found.types[(n * types + best) * size + i]!) best = k;
  }
  return best + 1;
}

function summarise(counts: readonly Float64Array[], types: number): Validation {
  let iouSum = 0;
  let iouCount = 0;
  let recallSum = 0;
  let recallCount = 0;
  for (let k = 1; k <= types; k++) {
    const row = counts[k]!.reduce((a, b) => a + b, 0);
    const column = counts.reduce((sum, r) => sum + r[k]!, 0);
    const hit = counts[k]![k]!;
    if (row + column > 0) {
      iouSum += hit / (row + column - hit);
      iouCount++;
    }
    if (row > 0) {
      recallSum += hit / row;
      recallCount++;
    }
  }
  let inside = 0;
  let union = 0;
  for (let t = 0; t <= types; t++) {
    for (let c = 0; c <= types; c++) {
      if (t > 0 && c > 0) inside += counts[t]![c]!;
      if (t > 0 || c > 0) union += counts[t]![c]!;
    }
  }
  return {
    miou: iouCount > 0 ? iouSum / iouCount : 0,
    foregroundIou: union > 0 ? inside / union : 0,
    typeAccuracy: recallCount > 0 ? recallSum / recallCount : 0,
    confusion: counts.slice(1).map((row) => [...row.slice(1)]),
  };
}
