import { type Block, blocksOf, intersection, type Rect } from './blocks.ts';
import { requireGrid, requireWhole } from './checks.ts';
import type { LabelMap } from './raster.ts';

export interface StitchOptions {
  /**
   * What two blocks' views of the same seam must share to be one object: `iou`, the intersection over the union
   * (default: one object on either side at most), or `share`, the intersection over the smaller of the two
   * (joins everything that touches over the seam: connected components).
   */
  readonly measure?: 'iou' | 'share';
  /** The measure must be above this; 0.5 by default. */
  readonly minOverlap?: number;
}

interface Strip {
  readonly rect: Rect;
  readonly ids: Int32Array;
}

/**
 * Joins the labels of overlapping blocks to labels of the whole picture. Blocks are labelled each on their own
 * (labels of two blocks have nothing to do with each other) and come in the order of `blocksOf`. Both blocks at
 * a seam see the objects on it; what one calls a and the other b is one object where the views agree around the
 * seam (within half the margin of it). Holds a strip of the row above and one of the block to the left, never
 * the picture: memory grows with the picture's width and the number of objects alone.
 *
 * A margin of at least one object's diameter lets every block see whole what it has a part of.
 */
export class LabelStitcher {
  readonly #measure: 'iou' | 'share';
  readonly #minOverlap: number;
  readonly #band: number;
  readonly #blocks: Generator<Block>;
  #expected: Block | null;
  #above: Strip[] = [];
  #below: Strip[] = [];
  #left: Strip | null = null;
  /** Parents of provisional ids; the smaller id is the root. Id 0 is the background. */
  readonly #parents: number[] = [0];
  /** Whether an id was ever given out in a core. */
  readonly #used: boolean[] = [false];

  constructor(width: number, height: number, size: number, margin: number, options: StitchOptions = {}) {
    requireWhole('margin', margin, 1);
    this.#measure = options.measure ?? 'iou';
    this.#minOverlap = options.minOverlap ?? 0.5;
    if (!(this.#minOverlap >= 0 && this.#minOverlap < 1)) {
      throw new RangeError(`minOverlap is ${this.#minOverlap}; it must be from 0 to below 1`);
    }
    this.#band = Math.ceil(margin / 2);
    this.#blocks = blocksOf(width, height, size, margin);
    this.#expected = this.#blocks.next().value ?? null;
  }

  /** The block that `add` takes next, or null after the last. */
  get next(): Block | null {
    return this.#expected;
  }

  /**
   * Takes the labels of the next block's outer rectangle and returns those of its core under provisional ids:
   * unique over the picture, but two of them may turn out to be one later. `finalIds` tells.
   * @throws RangeError where the size is not that of the next block's outer rectangle.
   */
  add(labels: LabelMap): LabelMap {
    requireGrid('labels', labels);
    const block = this.#expected;
    if (block === null) throw new RangeError('labels come after the last block; make a new LabelStitcher');
    const { core, outer } = block;
    if (labels.width !== outer.width || labels.height !== outer.height) {
      throw new RangeError(
        `labels are ${labels.width}×${labels.height} but the next block is ${outer.width}×${outer.height} at ${outer.x}, ${outer.y}; add blocks in order, with their margins`,
      );
    }
    const ids = this.#provisionalIds(labels);
    const neighbours = this.#left === null ? this.#above : [...this.#above, this.#left];
    for (const strip of neighbours) {
      const seam = intersection(strip.rect, outer);
      if (seam !== null) this.#join(strip, ids, outer, seam);
    }
    this.#advance(block, ids);
    const out = new Int32Array(core.width * core.height);
    for (let y = 0; y < core.height; y++) {
      const from = (core.y - outer.y + y) * outer.width + core.x - outer.x;
      for (let x = 0; x < core.width; x++) {
        const id = ids[from + x]!;
        if (id === 0) continue;
        const root = this.#root(id);
        this.#used[root] = true;
        out[y * core.width + x] = root;
      }
    }
    return { width: core.width, height: core.height, data: out };
  }

  /** Final id of each provisional id: 1, 2, … in the order in which objects first came. Call after the last `add`. */
  finalIds(): Int32Array {
    const final = new Int32Array(this.#parents.length);
    // An id may have been given out before it was joined to a smaller one.
    for (let id = 1; id < final.length; id++) if (this.#used[id]) this.#used[this.#root(id)] = true;
    let count = 0;
    for (let id = 1; id < final.length; id++) {
      const root = this.#root(id);
      if (root === id) final[id] = this.#used[id] ? ++count : 0;
      else final[id] = final[root]!;
    }
    return final;
  }

  /** The block's labels as new ids, numbered in the order of their first pixels. */
  #provisionalIds(labels: LabelMap): Int32Array {
    const { data } = labels;
    const known = new Map<number, number>();
    const ids = new Int32Array(data.length);
    let lastLabel = 0;
    let lastId = 0;
    for (let i = 0; i < data.length; i++) {
      const label = data[i]!;
      if (label === 0) continue;
      if (label !== lastLabel) {
        let id = known.get(label);
        if (id === undefined) {
          id = this.#parents.length;
          this.#parents.push(id);
          this.#used.push(false);
          known.set(label, id);
        }
        lastLabel = label;
        lastId = id;
      }
      ids[i] = lastId;
    }
    return ids;
  }

  #join(strip: Strip, ids: Int32Array, outer: Rect, seam: Rect): void {
    const areas = new Map<number, number>();
    const shared = new Map<number, Map<number, number>>();
    for (let y = seam.y; y < seam.y + seam.height; y++) {
      for (let x = seam.x; x < seam.x + seam.width; x++) {
        const before = strip.ids[(y - strip.rect.y) * strip.rect.width + x - strip.rect.x]!;
        const now = ids[(y - outer.y) * outer.width + x - outer.x]!;
        if (before !== 0) areas.set(before, (areas.get(before) ?? 0) + 1);
        if (now !== 0) areas.set(now, (areas.get(now) ?? 0) + 1);
        if (before === 0 || now === 0) continue;
        let row = shared.get(before);
        if (row === undefined) {
          row = new Map();
          shared.set(before, row);
        }
        row.set(now, (row.get(now) ?? 0) + 1);
      }
    }
    for (const [before, row] of shared) {
      for (const [now, common] of row) {
        const a = areas.get(before)!;
        const b = areas.get(now)!;
        const whole = this.#measure === 'iou' ? a + b - common : Math.min(a, b);
        if (common > this.#minOverlap * whole) this.#unite(before, now);
      }
    }
  }

  #root(id: number): number {
    const parents = this.#parents;
    let r = id;
    while (parents[r] !== r) {
      parents[r] = parents[parents[r]!]!;
      r = parents[r]!;
    }
    return r;
  }

  #unite(a: number, b: number): void {
    const ra = this.#root(a);
    const rb = this.#root(b);
    if (ra < rb) this.#parents[rb] = ra;
    else if (rb < ra) this.#parents[ra] = rb;
  }

  /** Keeps the strips around the seams to the right and below, and drops those that no later block touches. */
  #advance({ core, outer }: Block, ids: Int32Array): void {
    const band = this.#band;
    const right = core.x + core.width;
    const bottom = core.y + core.height;
    this.#left = cut(ids, outer, { x: right - band, y: outer.y, width: 2 * band, height: outer.height });
    const below = cut(ids, outer, { x: outer.x, y: bottom - band, width: outer.width, height: 2 * band });
    if (below !== null) this.#below.push(below);
    this.#expected = this.#blocks.next().value ?? null;
    if (this.#expected !== null && this.#expected.core.y !== core.y) {
      this.#above = this.#below;
      this.#below = [];
      this.#left = null;
    }
  }
}

function cut(ids: Int32Array, outer: Rect, wanted: Rect): Strip | null {
  const rect = intersection(outer, wanted);
  if (rect === null) return null;
  const out = new Int32Array(rect.width * rect.height);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y - outer.y + y) * outer.width + rect.x - outer.x;
    out.set(ids.subarray(from, from + rect.width), y * rect.width);
  }
  return { rect, ids: out };
}
