import type { Trimap } from '@cellmixer/pixels';
import { sharedInts } from './shared-arrays.ts';

/** Side of a block of the coarse grid, working px. */
export const BLOCK = 4;

/** Integral images over blocks of 4 × 4 px: how much of any window is cell, in constant time. */
export interface Coverage {
  readonly columns: number;
  readonly rows: number;
  /** (columns + 1) × (rows + 1) sums of sure cell, px. */
  readonly cells: Int32Array;
  /** (columns + 1) × (rows + 1) numbers of blocks that a cell or its halo touches. */
  readonly busy: Int32Array;
}

export function measureCoverage(trimap: Trimap, alpha: Uint8Array): Coverage {
  const { width, height, data } = trimap;
  const columns = Math.ceil(width / BLOCK);
  const rows = Math.ceil(height / BLOCK);
  const stride = columns + 1;
  const cells = sharedInts(stride * (rows + 1));
  const busy = sharedInts(stride * (rows + 1));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let cell = 0;
      let touched = 0;
      for (let y = row * BLOCK; y < Math.min(height, (row + 1) * BLOCK); y++) {
        for (let x = column * BLOCK; x < Math.min(width, (column + 1) * BLOCK); x++) {
          const i = y * width + x;
          if (data[i] === 1) cell++;
          if (data[i] !== 0 || alpha[i] !== 0) touched = 1;
        }
      }
      const i = (row + 1) * stride + column + 1;
      cells[i] = cell + cells[i - 1]! + cells[i - stride]! - cells[i - stride - 1]!;
      busy[i] = touched + busy[i - 1]! + busy[i - stride]! - busy[i - stride - 1]!;
    }
  }
  return { columns, rows, cells, busy };
}

/** Sum of an integral image over blocks c0 … c1 − 1 by r0 … r1 − 1, clipped to the picture. */
export function sumBlocks(
  coverage: Coverage,
  sums: Int32Array,
  c0: number,
  r0: number,
  c1: number,
  r1: number,
): number {
  const stride = coverage.columns + 1;
  const left = Math.max(0, Math.min(coverage.columns, c0));
  const right = Math.max(left, Math.min(coverage.columns, c1));
  const top = Math.max(0, Math.min(coverage.rows, r0));
  const bottom = Math.max(top, Math.min(coverage.rows, r1));
  return (
    sums[bottom * stride + right]! -
    sums[top * stride + right]! -
    sums[bottom * stride + left]! +
    sums[top * stride + left]!
  );
}

/** Share of sure cell in a window of px, by whole blocks; what lies outside the picture does not count. */
export function coverageOf(coverage: Coverage, x0: number, y0: number, size: number): number {
  const c0 = Math.max(0, Math.round(x0 / BLOCK));
  const r0 = Math.max(0, Math.round(y0 / BLOCK));
  const c1 = Math.min(coverage.columns, Math.round((x0 + size) / BLOCK));
  const r1 = Math.min(coverage.rows, Math.round((y0 + size) / BLOCK));
  const area = Math.max(0, c1 - c0) * Math.max(0, r1 - r0) * BLOCK * BLOCK;
  return area === 0 ? 0 : sumBlocks(coverage, coverage.cells, c0, r0, c1, r1) / area;
}
