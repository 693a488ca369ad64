import type { PixelData } from '@cellmixer/pixels';
import type { SampleDepth } from '../opened-image.ts';
import { createSamples } from '../sample-type.ts';

/** Some rows of a picture, planar, all its channels. */
export interface Band {
  readonly data: PixelData;
  /** Index of the first pixel of the first row, in channel 0. */
  readonly first: number;
  /** Values from one channel to the next. */
  readonly channelStride: number;
  /** Pixels of a row; rows follow each other without a gap. */
  readonly width: number;
  readonly rows: number;
}

/**
 * Copies the tile that begins at column `x` of a band, its channels interleaved. Beyond the picture's right and
 * lower edge the last pixel is repeated, which costs almost nothing once packed.
 */
export function cutTile(
  { data, first, channelStride, width, rows }: Band,
  channels: readonly number[],
  x: number,
  side: number,
  depth: SampleDepth,
): PixelData {
  const samples = channels.length;
  const tile = createSamples(depth, side * side * samples);
  const columns = Math.min(side, width - x);
  const tall = Math.min(side, rows);
  const rowValues = side * samples;
  for (let row = 0; row < tall; row++) {
    const start = row * rowValues;
    for (let sample = 0; sample < samples; sample++) {
      const from = first + channels[sample]! * channelStride + row * width + x;
      if (samples === 1) {
        tile.set(data.subarray(from, from + columns), start);
      } else {
        for (let i = 0, to = start + sample; i < columns; i++, to += samples) tile[to] = data[from + i]!;
      }
    }
    const end = start + columns * samples;
    if (columns < side) tile.copyWithin(end, end - samples, end);
    for (let to = end + samples; to < start + rowValues; to++) tile[to] = tile[to - samples]!;
  }
  for (let row = tall; row < side; row++) {
    tile.copyWithin(row * rowValues, (tall - 1) * rowValues, tall * rowValues);
  }
  return tile;
}
