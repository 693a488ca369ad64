import type { TilePlan } from './tiles.ts';

/**
 * The few rows of a picture's probabilities that are still needed: tiles are blended into it, finished rows are
 * read and dropped. Memory grows with the picture's width only.
 */
export class RollingBand {
  readonly channels: number;
  readonly width: number;
  readonly #plan: TilePlan;
  readonly #capacity: number;
  readonly #data: Float32Array;
  /** Where one tile is the whole picture: its planes themselves, nothing is blended or copied. */
  readonly #whole: Float32Array[] | null;
  /** Picture row of the first row kept. */
  #top = 0;
  /** Picture row behind the last row that any tile has reached. */
  #reached = 0;

  /** `context`: finished rows that may be kept back beside one row of tiles. */
  constructor(plan: TilePlan, channels: number, context: number) {
    this.#plan = plan;
    this.channels = channels;
    this.width = plan.width;
    this.#capacity = Math.min(plan.height, plan.y.size + context);
    const isOneTile = plan.x.starts.length * plan.y.starts.length === 1 && plan.x.size === plan.width;
    this.#whole = isOneTile ? [] : null;
    this.#data = new Float32Array(isOneTile ? 0 : channels * this.#capacity * plan.width);
  }

  get top(): number {
    return this.#top;
  }

  /** A channel of rows `from` … `to` − 1 of the picture, as a view. */
  rows(channel: number, from: number, to: number): Float32Array {
    if (this.#whole !== null) return this.#whole[channel]!.subarray(from * this.width, to * this.width);
    const base = (channel * this.#capacity - this.#top) * this.width;
    return this.#data.subarray(base + from * this.width, base + to * this.width);
  }

  /** Forgets the rows above `row`. */
  dropAbove(row: number): void {
    const drop = (row - this.#top) * this.width;
    if (drop <= 0 || this.#whole !== null) return;
    for (let c = 0; c < this.channels; c++) {
      const base = c * this.#capacity * this.width;
      this.#data.copyWithin(base, base + drop, base + (this.#reached - this.#top) * this.width);
    }
    this.#top = row;
  }

  /**
   * Blends channel planes of one tile into the band, starting at `channel`. Tiles must come in order, row by row
   * from the left: the first to reach a pixel writes it, the second adds, so the order of sums is fixed.
   *
   * @param planes [n, tileHeight, tileWidth]
   */
  add(column: number, row: number, planes: Float32Array, channel: number): void {
    const { x, y, width, height } = this.#plan;
    const left = x.starts[column]!;
    const top = y.starts[row]!;
    const columns = Math.min(x.size, width - left);
    const rows = Math.min(y.size, height - top);
    const size = x.size * y.size;
    if (this.#whole !== null) {
      for (let c = 0; c * size < planes.length; c++) {
        this.#whole[channel + c] = planes.subarray(c * size, (c + 1) * size);
      }
      return;
    }
    const weightsX = x.weights[column]!;
    const weightsY = y.weights[row]!;
    // Where tiles of this row, and of the row above, have written already; and where the next column will.
    const writtenX = column === 0 ? 0 : x.starts[column - 1]! + x.size - left;
    const writtenY = row === 0 ? 0 : y.starts[row - 1]! + y.size - top;
    const sharedX = column + 1 < x.starts.length ? x.starts[column + 1]! - left : columns;
    const count = planes.length / size;
    for (let c = 0; c < count; c++) {
      for (let r = 0; r < rows; r++) {
        const from = c * size + r * x.size;
        const to = ((channel + c) * this.#capacity + top + r - this.#top) * width + left;
        const w = weightsY[r]!;
        if (r < writtenY) {
          addRun(this.#data, to, planes, from, weightsX, 0, columns, w);
          continue;
        }
        addRun(this.#data, to, planes, from, weightsX, 0, writtenX, w);
        if (w === 1) {
          this.#data.set(planes.subarray(from + writtenX, from + sharedX), to + writtenX);
        } else {
          writeRun(this.#data, to, planes, from, weightsX, writtenX, sharedX, w);
        }
        writeRun(this.#data, to, planes, from, weightsX, sharedX, columns, w);
      }
    }
    this.#reached = Math.max(this.#reached, top + rows);
  }
}

function addRun(
  target: Float32Array,
  to: number,
  source: Float32Array,
  from: number,
  weights: Float32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let i = start; i < end; i++) {
    target[to + i] = target[to + i]! + source[from + i]! * weights[i]! * factor;
  }
}

function writeRun(
  target: Float32Array,
  to: number,
  source: Float32Array,
  from: number,
  weights: Float32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let i = start; i < end; i++) target[to + i] = source[from + i]! * weights[i]! * factor;
}
