import type { CoarseLabels } from './split-cells.ts';

/**
 * Gives the cells of successive strips of a picture names that last. Neighbouring strips are cut into cells on
 * their own and overlap; around the seam a cell of the lower strip that shares at least half of the smaller one's
 * pixels with a cell of the upper strip is that cell. Each upper cell goes on as one lower cell at most, so a name
 * that was given is never taken back and finished rows can be handed on.
 *
 * All strips must have one coarse step and begin on a multiple of it.
 */
export class StripStitcher {
  #named = 0;
  /** Names in the coarse rows that the next strip will see again. */
  #kept = new Int32Array(0);
  /** First coarse row of them in the picture. */
  #keptTop = 0;

  /** Cells named so far: names are 1…named. */
  get named(): number {
    return this.#named;
  }

  /** Puts names in the place of a strip's labels; its first row is picture row `top`. */
  name(labels: CoarseLabels, top: number): void {
    const names = this.#inherit(labels, top / labels.step);
    for (let label = 1; label <= labels.count; label++) {
      if (names[label] === 0) names[label] = ++this.#named;
    }
    const { data } = labels;
    for (let i = 0; i < data.length; i++) data[i] = names[data[i]!]!;
  }

  /** Keeps what lies in picture rows `from` … `to` − 1 of the named strip, to compare the next one with. */
  keep(named: CoarseLabels, top: number, from: number, to: number): void {
    const first = Math.floor((from - top) / named.step);
    const end = Math.ceil((to - top) / named.step);
    this.#kept = named.data.slice(first * named.width, end * named.width);
    this.#keptTop = top / named.step + first;
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

  /** Coarse pixels of the kept rows by upper cell, by lower cell and by pair (upper × (count + 1) + lower). */
  #overlaps({ data, width, count }: CoarseLabels, top: number) {
    const shared = new Map<number, number>();
    const above = new Map<number, number>();
    const below = new Map<number, number>();
    const kept = this.#kept;
    const shift = (this.#keptTop - top) * width;
    for (let i = 0; i < kept.length; ) {
      const upper = kept[i]!;
      const lower = data[i + shift]!;
      const start = i++;
      // Runs of one pair are counted at once: a map's entry is dear.
      while (i < kept.length && kept[i] === upper && data[i + shift] === lower) i++;
      if (upper > 0) add(above, upper, i - start);
      if (lower > 0) add(below, lower, i - start);
      if (upper > 0 && lower > 0) add(shared, upper * (count + 1) + lower, i - start);
    }
    return { shared, above, below };
  }
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
