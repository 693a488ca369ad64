import type { NetworkLayout } from '../contracts.ts';

/**
 * Exact norm statistics over many groups of images: the mean of the groups' means and mean squares, from which the
 * variance over all pixels together follows. Groups are of one size, so each counts the same.
 */
export class NormAverage {
  readonly #layout: NetworkLayout;
  readonly #sums: Float64Array;
  #groups = 0;

  constructor(layout: NetworkLayout) {
    this.#layout = layout;
    this.#sums = new Float64Array(layout.statisticsCount);
  }

  /** Adds the statistics of one or more groups, [groups, statisticsCount]. */
  add(statistics: Float32Array): void {
    const sums = this.#sums;
    for (let i = 0; i < statistics.length; i++) sums[i % sums.length]! += statistics[i]!;
    this.#groups += statistics.length / sums.length;
  }

  /** Per norm: `channels` means, then `channels` variances (biased, as a norm uses them while training). */
  variances(): Float32Array {
    const result = new Float32Array(this.#sums.length);
    for (const { channels, offset } of this.#layout.norms) {
      for (let c = 0; c < channels; c++) {
        const mean = this.#sums[offset + c]! / this.#groups;
        const meanSquare = this.#sums[offset + channels + c]! / this.#groups;
        result[offset + c] = mean;
        result[offset + channels + c] = Math.max(0, meanSquare - mean * mean);
      }
    }
    return result;
  }
}
