import type { CoarseLabels } from './split-cells.ts';

/**
 * Gives the cells of successive strips of a picture names that last. Neighbouring strips are cut into cells on
 * their own and overlap; around the seam a cell of the lower strip that shares at least half of the smaller one's
 * pixels with a cell of the upper strip is that cell. Each upper cell goes on as one lower cell at most, so a name
 * that was given is never taken back and finished rows can be handed on.
 */
export class StripStitcher {
  readonly #width: number;
  #named = 0;
  /** Names in the rows that the next strip will see again. */
  #kept = new Int32Array(0);
  #keptTop = 0;

  /** `width`: of the picture, px. */
  constructor(width: number) {
    this.#width = width;
  }

  /** Cells named so far: names are 1…named. */
  get named(): number {
    return this.#named;
  }

  /** The name of each label of a strip whose first row is picture row `top`; names[0] = 0. */
  name(labels: CoarseLabels, top: number): Int32Array {
    const names = this.#inherit(labels, top);
    for (let label = 1; label <= labels.count; label++) {
      if (names[label] === 0) names[label] = ++this.#named;
    }
    return names;
  }

  /** Keeps picture rows `from` … `to` − 1 of the strip to compare the next one with. */
  keep(labels: CoarseLabels, names: Int32Array, top: number, from: number, to: number): void {
    this.#kept = new Int32Array((to - from) * this.#width);
    this.#keptTop = from;
    for (let y = from; y < to; y++) {
      const coarse = Math.floor((y - top) / labels.step) * labels.width;
      const row = (y - from) * this.#width;
      for (let x = 0; x < this.#width; x++) {
        this.#kept[row + x] = names[labels.data[coarse + Math.floor(x / labels.step)]!]!;
      }
    }
  }

  #inherit(labels: CoarseLabels, top: number): Int32Array {
    const names = new Int32Array(labels.count + 1);
    const { shared, above, below } = this.#overlaps(labels, top);
    const stride = labels.count + 1;
    const taken = new Set<number>();
    for (const [pair, pixels] of [...shared].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])) {
      const upper = Math.floor(pair / stride);
      const lower = pair % stride;
      const smaller = Math.min(above.get(upper)!, below.get(lower)!);
      if (taken.has(upper) || names[lower] !== 0 || 2 * pixels < smaller) continue;
      names[lower] = upper;
      taken.add(upper);
    }
    return names;
  }

  /** Pixels of the kept rows by upper cell, by lower cell and by pair (upper × (count + 1) + lower). */
  #overlaps(labels: CoarseLabels, top: number) {
    const shared = new Map<number, number>();
    const above = new Map<number, number>();
    const below = new Map<number, number>();
    const width = this.#width;
    const stride = labels.count + 1;
    for (let row = 0; row * width < this.#kept.length; row++) {
      const coarse = Math.floor((this.#keptTop + row - top) / labels.step) * labels.width;
      // Runs of one pair are counted at once: a map's entry is dear.
      for (let x = 0; x < width; ) {
        const upper = this.#kept[row * width + x]!;
        const lower = labels.data[coarse + Math.floor(x / labels.step)]!;
        const start = x++;
        while (
          x < width &&
          this.#kept[row * width + x] === upper &&
          labels.data[coarse + Math.floor(x / labels.step)] === lower
        ) {
          x++;
        }
        if (upper > 0) add(above, upper, x - start);
        if (lower > 0) add(below, lower, x - start);
        if (upper > 0 && lower > 0) add(shared, upper * stride + lower, x - start);
      }
    }
    return { shared, above, below };
  }
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
