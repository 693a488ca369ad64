import type { Mask } from './raster.ts';

/** Horizontal runs of equal pixels, joined to connected parts. */
export interface Runs {
  readonly count: number;
  /** First pixel of each run, and one past its last, as indices into the picture. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Part of each run, 1, 2, … in the order of their first pixels. */
  readonly parts: Int32Array;
  readonly partCount: number;
}

/**
 * Runs of pixels that are set (or, with `set` false, that are not), joined by union-find where they touch over
 * edges (`connectivity` 4) or corners as well (8).
 */
export function runsOf(mask: Mask, set: boolean, connectivity: 4 | 8): Runs {
  const { width, height, data } = mask;
  let capacity = 4096;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let parents = new Int32Array(capacity);
  const reach = connectivity === 8 ? 1 : 0;
  let runs = 0;
  let above = 0;
  let aboveEnd = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = runs;
    const end = (y + 1) * width;
    if (runs + (width >> 1) + 1 > capacity) {
      capacity = 2 * capacity + width;
      starts = grown(starts, capacity);
      ends = grown(ends, capacity);
      parents = grown(parents, capacity);
    }
    for (let i = y * width; i < end; ) {
      if (set) while (i < end && data[i] === 0) i++;
      else while (i < end && data[i] !== 0) i++;
      if (i === end) break;
      const start = i;
      if (set) while (i < end && data[i] !== 0) i++;
      else while (i < end && data[i] === 0) i++;
      starts[runs] = start;
      ends[runs] = i;
      // Places in the row above are compared as if they were in this one.
      const from = start - width - reach;
      const to = i - width + reach;
      while (above < aboveEnd && ends[above]! <= from) above++;
      let root = runs;
      parents[runs] = runs;
      while (above < aboveEnd && starts[above]! < to) {
        let r = above;
        while (parents[r] !== r) {
          parents[r] = parents[parents[r]!]!;
          r = parents[r]!;
        }
        // The smaller number is the root: the run that came first.
        if (r < root) {
          parents[root] = r;
          root = r;
        } else if (r > root) {
          parents[r] = root;
        }
        // A run that ends beyond this one may touch the next one as well.
        if (ends[above]! >= to) break;
        above++;
      }
      runs++;
    }
    above = rowStart;
    aboveEnd = runs;
  }
  // A parent always comes before its child, so its part is known.
  let partCount = 0;
  const parts = new Int32Array(runs);
  for (let run = 0; run < runs; run++) {
    const parent = parents[run]!;
    parts[run] = parent === run ? ++partCount : parts[parent]!;
  }
  return { count: runs, starts, ends, parts, partCount };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

/** Writes `value` to all pixels of a run; short runs cost less this way than by `fill`. */
export function paint(data: Int32Array | Uint8Array, start: number, end: number, value: number): void {
  if (end - start > 64) data.fill(value, start, end);
  else for (let i = start; i < end; i++) data[i] = value;
}
