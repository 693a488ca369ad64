import { BLOCK, type Coverage, sumBlocks } from './coverage.ts';
import { sharedInts } from './shared-arrays.ts';

const SIZES = [64, 48, 32, 24, 16, 12, 8];
/** Positions (on the grid of blocks) that a size must offer before it is taken. */
const ENOUGH = 24;

/** Square windows of a picture that no cell or halo touches. */
export interface FreeWindows {
  /** Side, px; 0 where the picture has none. */
  readonly size: number;
  /** x and y of each window's corner in turn. */
  readonly corners: Int32Array;
}

/** The largest side that offers {@link ENOUGH} positions, else the smaller side with any at all. */
export function findFreeWindows(coverage: Coverage, width: number, height: number): FreeWindows {
  let best: FreeWindows = { size: 0, corners: sharedInts(0) };
  for (const size of SIZES) {
    const corners = cornersOf(coverage, width, height, size);
    if (corners.length > best.corners.length) {
      const shared = sharedInts(corners.length);
      shared.set(corners);
      best = { size, corners: shared };
    }
    if (best.corners.length >= 2 * ENOUGH) break;
  }
  return best;
}

function cornersOf(coverage: Coverage, width: number, height: number, size: number): number[] {
  const corners: number[] = [];
  const blocks = size / BLOCK;
  for (let row = 0; (row + blocks) * BLOCK <= height; row++) {
    for (let column = 0; (column + blocks) * BLOCK <= width; column++) {
      if (sumBlocks(coverage, coverage.busy, column, row, column + blocks, row + blocks) === 0) {
        corners.push(column * BLOCK, row * BLOCK);
      }
    }
  }
  return corners;
}
