import type { Rect } from './blocks.ts';
import { LabelStitcher, type StitchOptions } from './label-stitcher.ts';
import type { LabelMap } from './raster.ts';

export interface BlockSize {
  /** Side of a block without its margins, pixels. */
  readonly size: number;
  /** Overlap on each side, pixels; at least an object's diameter. */
  readonly margin: number;
}

/**
 * Labels a picture block by block: `label` is asked for the labels of one rectangle at a time (in its own
 * coordinates, numbered as it likes), and gets the next once those are stitched. Returns the labels of the whole,
 * numbered 1, 2, …. For pictures whose label map does not fit into memory use `LabelStitcher` itself.
 */
export function stitchLabels(
  width: number,
  height: number,
  blocks: BlockSize,
  label: (outer: Rect) => LabelMap,
  options: StitchOptions = {},
): LabelMap {
  const stitcher = new LabelStitcher(width, height, blocks.size, blocks.margin, options);
  const data = new Int32Array(width * height);
  for (let block = stitcher.next; block !== null; block = stitcher.next) {
    const part = stitcher.add(label(block.outer));
    const { core } = block;
    for (let y = 0; y < core.height; y++) {
      data.set(part.data.subarray(y * core.width, (y + 1) * core.width), (core.y + y) * width + core.x);
    }
  }
  const final = stitcher.finalIds();
  for (let i = 0; i < data.length; i++) data[i] = final[data[i]!]!;
  return { width, height, data };
}
