import { requireGrid } from './checks.ts';
import type { LabelMap, Mask } from './raster.ts';

export type Connectivity = 4 | 8;

/**
 * Numbers the connected parts of a mask 1…count in the order of their first pixels, row by row (as
 * `scipy.ndimage.label`). Works on runs of pixels joined by union-find.
 */
export function connectedComponents(
  mask: Mask,
  connectivity: Connectivity = 8,
): { labels: LabelMap; count: number } {
  requireGrid('mask', mask);
  const { width, height, data } = mask;
  const labels = new Int32Array(width * height);
  let capacity = 1024;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let parents = new Int32Array(capacity);
  // Runs of row y are rowRuns[y] … rowRuns[y + 1] − 1.
  const rowRuns = new Int32Array(height + 1);
  const reach = connectivity === 8 ? 1 : 0;
  let runs = 0;
  for (let y = 0; y < height; y++) {
    const o = y * width;
    const end = o + width;
    let above = y > 0 ? rowRuns[y - 1]! : 0;
    const aboveEnd = rowRuns[y]!;
    for (let i = o; i < end; ) {
      while (i < end && data[i] === 0) i++;
      if (i === end) break;
      const start = i;
      while (i < end && data[i] !== 0) i++;
      if (runs === capacity) {
        capacity *= 2;
        starts = grown(starts, capacity);
        ends = grown(ends, capacity);
        parents = grown(parents, capacity);
      }
      starts[runs] = start;
      ends[runs] = i;
      // Positions in the row above are compared as if they were in this one.
      const from = start - width - reach;
      const to = i - width + reach;
      while (above < aboveEnd && ends[above]! <= from) above++;
      let root = runs;
      parents[runs] = runs;
      let other = above;
      while (other < aboveEnd && starts[other]! < to) {
        let r = other;
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
        other++;
      }
      // The last run that touches may touch the next run of this row as well.
      if (other > above) above = other - 1;
      runs++;
    }
    rowRuns[y + 1] = runs;
  }
  let count = 0;
  const numbers = new Int32Array(runs);
  for (let run = 0; run < runs; run++) {
    // A parent always comes before its child, so its number is known.
    const parent = parents[run]!;
    const number = parent === run ? ++count : numbers[parent]!;
    numbers[run] = number;
    labels.fill(number, starts[run]!, ends[run]!);
  }
  return { labels: { width, height, data: labels }, count };
}

function grown(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}
