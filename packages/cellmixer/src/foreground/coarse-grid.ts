import { createPlane, gaussian, type Plane, resampleArea } from '@cellmixer/pixels';
import { quantileOf } from './sample-values.ts';

/** Blocks of about `side` pixels that tile a picture; block i of n covers pixels ⌊i·w/n⌋ … ⌊(i+1)·w/n⌋ − 1. */
interface Grid {
  readonly columns: number;
  readonly rows: number;
}

function gridOf(plane: Plane, side: number): Grid {
  return {
    columns: Math.max(1, Math.round(plane.width / side)),
    rows: Math.max(1, Math.round(plane.height / side)),
  };
}

function enlarge(grid: Plane, width: number, height: number): Plane {
  const { data } = resampleArea({ ...grid, channels: 1 }, width, height);
  return { width, height, data };
}

/**
 * Weighted mean of a plane under a Gaussian of σ pixels (normalised convolution, Knutsson and Westin 1993),
 * worked out on blocks of σ / 4. Where nothing with weight is near, it goes to the mean of all pixels with weight.
 *
 * @param weights 0 or 1 for each pixel; null counts all.
 */
export function wideMean(plane: Plane, weights: Uint8Array | null, sigma: number): Plane {
  const { width, height, data } = plane;
  const { columns, rows } = gridOf(plane, Math.max(1, sigma / 4));
  const sums = createPlane(columns, rows);
  const counts = createPlane(columns, rows);
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * columns) / width));
  let total = 0;
  let count = 0;
  const rowSum = new Float64Array(columns);
  const rowCount = new Float64Array(columns);
  for (let y = 0; y < height; y++) {
    rowSum.fill(0);
    rowCount.fill(0);
    const o = y * width;
    for (let x = 0; x < width; x++) {
      if (weights !== null && weights[o + x] === 0) continue;
      const c = columnOf[x]!;
      rowSum[c]! += data[o + x]!;
      rowCount[c]!++;
    }
    const r = Math.floor(((y + 0.5) * rows) / height) * columns;
    for (let c = 0; c < columns; c++) {
      sums.data[r + c]! += rowSum[c]!;
      counts.data[r + c]! += rowCount[c]!;
      total += rowSum[c]!;
      count += rowCount[c]!;
    }
  }
  const mean = count > 0 ? total / count : 0;
  // A thousandth of a block of the overall mean: nothing beside real pixels, all where there are none.
  const prior = (0.001 * width * height) / (columns * rows);
  const wide = { truncate: 4 } as const;
  const gridSigma = (sigma * columns) / width;
  const smoothSums = gaussian(sums, gridSigma, wide).data;
  const smoothCounts = gaussian(counts, gridSigma, wide).data;
  const out = createPlane(columns, rows);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = (smoothSums[i]! + prior * mean) / (smoothCounts[i]! + prior);
  }
  return enlarge(out, width, height);
}

/** The q-quantile of blocks of about `side` pixels, smoothed over the neighbouring blocks. */
export function wideQuantile(plane: Plane, q: number, side: number): Plane {
  const { width, height, data } = plane;
  const { columns, rows } = gridOf(plane, side);
  const grid = createPlane(columns, rows);
  for (let r = 0; r < rows; r++) {
    const y0 = Math.floor((r * height) / rows);
    const y1 = Math.floor(((r + 1) * height) / rows);
    for (let c = 0; c < columns; c++) {
      const x0 = Math.floor((c * width) / columns);
      const x1 = Math.floor(((c + 1) * width) / columns);
      const step = Math.max(1, Math.floor(Math.sqrt(((y1 - y0) * (x1 - x0)) / 2000)));
      const values: number[] = [];
      for (let y = y0; y < y1; y += step) {
        for (let x = x0; x < x1; x += step) values.push(data[y * width + x]!);
      }
      grid.data[r * columns + c] = quantileOf(Float32Array.from(values).sort(), q);
    }
  }
  return enlarge(gaussian(grid, 1), width, height);
}
