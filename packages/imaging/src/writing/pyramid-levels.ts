import type { PixelData } from '@cellmixer/pixels';
import type { SampleDepth } from '../opened-image.ts';
import { createSamples } from '../sample-type.ts';
import type { Band } from './cut-tile.ts';
import { halfOf, halve, type Reduction } from './halve.ts';
import type { PackedTile } from './ordered-packing.ts';

/** Width and height of every tile; a multiple of 16, as TIFF asks. */
export const tileSide = 512;

/** One resolution of a picture while it is being written. */
export interface PyramidLevel {
  readonly width: number;
  readonly height: number;
  /** Tiles in a row, and rows of tiles. */
  readonly across: number;
  readonly down: number;
  /** The tiles of each page, row by row. */
  readonly tiles: readonly PackedTile[][];
  /** The row of tiles that is being filled, all channels; empty in the full resolution, which is the source. */
  readonly held: PixelData;
}

/** The picture itself, then halves until the longer side is one tile at most. */
export function planLevels(
  size: { readonly width: number; readonly height: number },
  channels: number,
  pages: number,
  depth: SampleDepth,
): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  let { width, height } = size;
  for (;;) {
    const held = levels.length === 0 ? 0 : width * Math.min(tileSide, height) * channels;
    levels.push({
      width,
      height,
      across: Math.ceil(width / tileSide),
      down: Math.ceil(height / tileSide),
      tiles: Array.from({ length: pages }, () => []),
      held: createSamples(depth, held),
    });
    if (Math.max(width, height) <= tileSide) return levels;
    width = halfOf(width);
    height = halfOf(height);
  }
}

/** Row `row` of a reduced level's tiles, as far as it is filled. */
export function heldBand(level: PyramidLevel, row: number): Band {
  const { width, height, held } = level;
  return {
    data: held,
    first: 0,
    channelStride: width * Math.min(tileSide, height),
    width,
    rows: Math.min(tileSide, height - row * tileSide),
  };
}

/** Halves the tile at column `x` of row `row` of a level, all channels, into the next level's held row. */
export function reduceTile(
  band: Band,
  level: PyramidLevel,
  next: PyramidLevel,
  channels: number,
  row: number,
  x: number,
  reduction: Reduction,
): void {
  const half = tileSide / 2;
  const width = Math.min(half, next.width - x / 2);
  const height = Math.min(half, next.height - row * half);
  if (width <= 0 || height <= 0) return;
  const { channelStride } = heldBand(next, 0);
  const step = { right: level.width > 1 ? 1 : 0, down: level.height > 1 ? level.width : 0 };
  for (let channel = 0; channel < channels; channel++) {
    const from = {
      data: band.data,
      first: band.first + channel * band.channelStride + x,
      stride: band.width,
    };
    const first = channel * channelStride + (row % 2) * half * next.width + x / 2;
    halve(from, { data: next.held, first, stride: next.width }, { width, height }, step, reduction);
  }
}
