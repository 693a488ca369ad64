import { type BorderMode, borderIndex } from './borders.ts';
import { openPairSums, type PairSums, SPARE } from './pair-sums.ts';

/** Half of a symmetric kernel, from the middle outwards, for each axis. */
export interface Kernels {
  readonly alongRows: Float64Array;
  readonly alongColumns: Float64Array;
}

/**
 * Filters planes of one size by rows and columns, a row at a time, in double precision: only the rows that the
 * column kernel spans are held, so nothing leaves the cache. `planes` of them go side by side.
 *
 * For each y in turn: write the input rows up to `lastRowFor(y)` to where `input` says, then take `row`.
 */
export class SymmetricFilter {
  readonly #width: number;
  readonly #height: number;
  readonly #mode: BorderMode;
  readonly #radiusX: number;
  readonly #radiusY: number;
  /** Rows that are held of each plane. */
  readonly #slots: number;
  readonly #stride: number;
  readonly #line: number;
  readonly #result: number;
  readonly #sums: PairSums;
  readonly #columnRows: Int32Array;
  readonly #lineRows: Int32Array;

  constructor(width: number, height: number, planes: number, kernels: Kernels, mode: BorderMode) {
    this.#width = width;
    this.#height = height;
    this.#mode = mode;
    this.#radiusX = kernels.alongRows.length - 1;
    this.#radiusY = kernels.alongColumns.length - 1;
    this.#slots = Math.min(height, 2 * this.#radiusY + 1);
    // Rows a multiple of 4096 bytes apart would fight for the same lines of the cache.
    this.#stride = width + SPARE + (width % 512 < 32 ? 32 : 0);
    this.#line = planes * this.#slots * this.#stride;
    this.#result = this.#line + width + 2 * this.#radiusX + SPARE;
    this.#sums = openPairSums(this.#result + width + SPARE, kernels.alongRows, kernels.alongColumns);
    this.#columnRows = new Int32Array(2 * this.#radiusY + 1);
    this.#lineRows = new Int32Array(2 * this.#radiusX + 1);
    this.#lineRows[0] = this.#line + this.#radiusX;
    for (let k = 1; k <= this.#radiusX; k++) {
      this.#lineRows[2 * k - 1] = this.#line + this.#radiusX - k;
      this.#lineRows[2 * k] = this.#line + this.#radiusX + k;
    }
  }

  /** The doubles that `input` and `row` point into. */
  get doubles(): Float64Array {
    return this.#sums.doubles;
  }

  /** The last input row that the filtered row `y` looks at. */
  lastRowFor(y: number): number {
    return Math.min(this.#height - 1, y + this.#radiusY);
  }

  /** Where to write input row `y` of a plane. It replaces the row that no filtered row needs any more. */
  input(plane: number, y: number): number {
    return (plane * this.#slots + (y % this.#slots)) * this.#stride;
  }

  /** Filters row `y` of a plane; returns where its values begin, good until the next call. */
  row(plane: number, y: number): number {
    const radius = this.#radiusX;
    const width = this.#width;
    this.#columnRows[0] = this.input(plane, y);
    for (let k = 1; k <= this.#radiusY; k++) {
      this.#columnRows[2 * k - 1] = this.input(plane, borderIndex(y - k, this.#height, this.#mode));
      this.#columnRows[2 * k] = this.input(plane, borderIndex(y + k, this.#height, this.#mode));
    }
    const start = this.#line + radius;
    this.#sums.sum(1, start, this.#columnRows, width);
    const { doubles } = this.#sums;
    for (let k = 1; k <= radius; k++) {
      doubles[start - k] = doubles[start + borderIndex(-k, width, this.#mode)]!;
      doubles[start + width - 1 + k] = doubles[start + borderIndex(width - 1 + k, width, this.#mode)]!;
    }
    this.#sums.sum(0, this.#result, this.#lineRows, width);
    return this.#result;
  }
}
