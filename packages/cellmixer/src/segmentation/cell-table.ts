import type { Cell } from '../contracts.ts';

/** Sums over the pixels of every cell while a picture is read row by row. Cells are named 1, 2, … */
export class CellTable {
  readonly types: number;
  /** Columns of a cell: area, Σx, Σy, x0, y0, x1, y1, then Σ log-probability of each type. */
  readonly #columns: number;
  #sums: Float64Array;

  constructor(types: number) {
    this.types = types;
    this.#columns = 7 + types;
    this.#sums = new Float64Array(this.#columns * 256);
  }

  /**
   * Adds the run of pixels x0 … x1 − 1 of row y to a cell.
   *
   * @param logs per type the sum of the log-probabilities over the run
   */
  addRun(name: number, y: number, x0: number, x1: number, logs: Float64Array): void {
    const at = name * this.#columns;
    if (at + this.#columns > this.#sums.length) {
      const grown = new Float64Array(Math.max(this.#sums.length * 2, at + this.#columns));
      grown.set(this.#sums);
      this.#sums = grown;
    }
    const sums = this.#sums;
    const length = x1 - x0;
    const isNew = sums[at] === 0;
    sums[at] = sums[at]! + length;
    sums[at + 1] = sums[at + 1]! + ((x0 + x1 - 1) / 2) * length;
    sums[at + 2] = sums[at + 2]! + y * length;
    if (isNew || x0 < sums[at + 3]!) sums[at + 3] = x0;
    if (isNew || y < sums[at + 4]!) sums[at + 4] = y;
    if (x1 > sums[at + 5]!) sums[at + 5] = x1;
    if (y + 1 > sums[at + 6]!) sums[at + 6] = y + 1;
    for (let k = 0; k < this.types; k++) sums[at + 7 + k] = sums[at + 7 + k]! + logs[k]!;
  }

  /**
   * The cells of at least `minArea` pixels, labelled anew 1…n in the order of their names. A cell's type is the
   * one of the highest mean log-probability; `probabilities` is the softmax of those means. Below `minConfidence`
   * the type is 0: unassigned.
   *
   * @returns also the new label of each name, 0 for what was dropped
   */
  finish(
    named: number,
    minArea: number,
    minConfidence: number,
  ): { readonly cells: Cell[]; readonly labels: Int32Array } {
    const cells: Cell[] = [];
    const labels = new Int32Array(named + 1);
    for (let name = 1; name <= named; name++) {
      const at = name * this.#columns;
      const area = this.#sums[at] ?? 0;
      if (area === 0 || area < minArea) continue;
      labels[name] = cells.length + 1;
      cells.push(this.#cell(at, cells.length + 1, minConfidence));
    }
    return { cells, labels };
  }

  #cell(at: number, label: number, minConfidence: number): Cell {
    const sums = this.#sums;
    const area = sums[at]!;
    const means = Array.from({ length: this.types }, (_, k) => sums[at + 7 + k]! / area);
    const highest = Math.max(...means);
    const shares = means.map((mean) => Math.exp(mean - highest));
    const total = shares.reduce((a, b) => a + b, 0);
    const confidence = 1 / total;
    return {
      label,
      type: confidence < minConfidence ? 0 : means.indexOf(highest) + 1,
      confidence,
      probabilities: shares.map((share) => share / total),
      area,
      centroidX: sums[at + 1]! / area,
      centroidY: sums[at + 2]! / area,
      x0: sums[at + 3]!,
      y0: sums[at + 4]!,
      x1: sums[at + 5]!,
      y1: sums[at + 6]!,
    };
  }
}
