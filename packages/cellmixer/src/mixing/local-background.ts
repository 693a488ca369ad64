import type { FloatImage } from '@cellmixer/pixels';
import { sharedFloats } from './shared-arrays.ts';

/** Side of a cell of the background grid, px. */
const GRID = 16;
/** Passes of a 3 × 3 mean that carry the background under the cells. */
const PASSES = 6;

/** The slowly varying background of a picture, in calibrated units (about 0 after calibration). */
export interface LocalBackground {
  readonly columns: number;
  readonly rows: number;
  /** [channel, row, column]. */
  readonly values: Float32Array;
}

/** Means over cell-free pixels of blocks of 16 × 16 px, carried on into blocks without any. */
export function measureLocalBackground(image: FloatImage, free: Uint8Array): LocalBackground {
  const { width, height, channels, data } = image;
  const columns = Math.ceil(width / GRID);
  const rows = Math.ceil(height / GRID);
  const size = columns * rows;
  const values = sharedFloats(channels * size);
  for (let c = 0; c < channels; c++) {
    let sums = new Float64Array(size);
    let weights = new Float64Array(size);
    for (let y = 0; y < height; y++) {
      const row = Math.floor(y / GRID) * columns;
      for (let x = 0; x < width; x++) {
        if (free[y * width + x] === 0) continue;
        const cell = row + Math.floor(x / GRID);
        sums[cell]! += data[(c * height + y) * width + x]!;
        weights[cell]! += 1;
      }
    }
    const total = weights.reduce((a, b) => a + b, 0);
    const mean = total > 0 ? sums.reduce((a, b) => a + b, 0) / total : 0;
    for (let pass = 0; pass < PASSES; pass++) {
      sums = mean3(sums, columns, rows);
      weights = mean3(weights, columns, rows);
    }
    // A few pixels' worth of the overall mean steadies blocks that hardly see background.
    for (let i = 0; i < size; i++) values[c * size + i] = (sums[i]! + 4 * mean) / (weights[i]! + 4);
  }
  return { columns, rows, values };
}

function mean3(values: Float64Array, columns: number, rows: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      let count = 0;
      for (let y = Math.max(0, r - 1); y <= Math.min(rows - 1, r + 1); y++) {
        for (let x = Math.max(0, c - 1); x <= Math.min(columns - 1, c + 1); x++) {
          sum += values[y * columns + x]!;
          count++;
        }
      }
      out[r * columns + c] = sum / count;
    }
  }
  return out;
}

/** The background at a pixel of the picture, nearest grid cell. */
export function backgroundAt(background: LocalBackground, channel: number, x: number, y: number): number {
  const { columns, rows, values } = background;
  const column = Math.max(0, Math.min(columns - 1, Math.floor(x / GRID)));
  const row = Math.max(0, Math.min(rows - 1, Math.floor(y / GRID)));
  return values[(channel * rows + row) * columns + column]!;
}
