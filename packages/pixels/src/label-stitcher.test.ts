import { describe, expect, it } from 'vitest';
import { samePartition } from '../fixtures/compare.ts';
import { blobMask } from '../fixtures/random-pictures.ts';
import type { Rect } from './blocks.ts';
import { connectedComponents } from './components.ts';
import { distanceTransform } from './distance.ts';
import { gaussian } from './gaussian.ts';
import { LabelStitcher } from './label-stitcher.ts';
import { peakMarkers } from './peaks.ts';
import type { LabelMap, Mask } from './raster.ts';
import { stitchLabels } from './stitch-labels.ts';
import { watershed } from './watershed.ts';

function cropped(mask: Mask, { x, y, width, height }: Rect): Mask {
  const data = new Uint8Array(width * height);
  for (let j = 0; j < height; j++) {
    const from = (y + j) * mask.width + x;
    data.set(mask.data.subarray(from, from + width), j * width);
  }
  return { width, height, data };
}

/** Splits touching blobs by the peaks of their distance to the outside. */
function splitBlobs(mask: Mask): LabelMap {
  if (!mask.data.includes(1)) return { ...mask, data: new Int32Array(mask.data.length) };
  // An all-set crop has no outside; a far constant keeps it finite.
  const distance = distanceTransform(mask);
  for (let i = 0; i < distance.data.length; i++) distance.data[i] = Math.min(50, distance.data[i]!);
  const height = gaussian(distance, 1.5);
  const markers = peakMarkers(height, 4, 0.3);
  return watershed({ ...height, data: height.data.map((v) => -v) }, markers, mask);
}

describe('stitchLabels', () => {
  it.each([
    [40, 1],
    [64, 8],
    [33, 5],
    [7, 3],
    [1000, 4],
  ])('gives connected components as of the whole: blocks of %d, margin %d', (size, margin) => {
    const mask = blobMask(210, 170, 5, 'components');
    const whole = connectedComponents(mask).labels;
    const stitched = stitchLabels(
      mask.width,
      mask.height,
      { size, margin },
      (outer) => connectedComponents(cropped(mask, outer)).labels,
      { measure: 'share', minOverlap: 0 },
    );
    expect(samePartition(stitched.data, whole.data)).toBe(true);
    expect(Math.max(...stitched.data)).toBe(Math.max(...whole.data));
  });

  it('gives the watershed of the whole where the margin holds an object', () => {
    const mask = blobMask(420, 330, 3, 'watershed');
    const whole = splitBlobs(mask);
    const stitched = stitchLabels(mask.width, mask.height, { size: 128, margin: 60 }, (outer) =>
      splitBlobs(cropped(mask, outer)),
    );
    expect(new Set(whole.data).size).toBeGreaterThan(200);
    expect(samePartition(stitched.data, whole.data)).toBe(true);
  });

  it('numbers objects 1, 2, … without a gap, and the same each time', () => {
    const mask = blobMask(150, 110, 2, 'numbers');
    const run = (): LabelMap =>
      stitchLabels(mask.width, mask.height, { size: 32, margin: 12 }, (outer) =>
        splitBlobs(cropped(mask, outer)),
      );
    const { data } = run();
    const numbers = [...new Set(data)].sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from(numbers, (_, i) => i));
    expect(run().data).toEqual(data);
  });

  it('keeps two touching objects apart that a seam runs through', () => {
    // Two bars of width 4, side by side, across the seam at x = 20.
    const label = ({ x, y, width, height }: Rect): LabelMap => {
      const data = new Int32Array(width * height);
      for (let j = 0; j < height; j++) {
        for (let i = 0; i < width; i++) {
          const px = x + i;
          const py = y + j;
          if (px >= 8 && px < 32 && py >= 4 && py < 12) data[j * width + i] = py < 8 ? 70 - x : 3;
        }
      }
      return { width, height, data };
    };
    const { data } = stitchLabels(40, 16, { size: 20, margin: 6 }, label);
    expect(new Set(data)).toEqual(new Set([0, 1, 2]));
    expect(data[5 * 40 + 10]).toBe(data[5 * 40 + 30]);
    expect(data[9 * 40 + 10]).toBe(data[9 * 40 + 30]);
  });

  it('joins a ring that no block sees whole', () => {
    const size = 120;
    const data = Uint8Array.from({ length: size * size }, (_, i) => {
      const r = Math.hypot((i % size) - 60, Math.floor(i / size) - 60);
      return r > 40 && r < 50 ? 1 : 0;
    });
    const mask = { width: size, height: size, data };
    const stitched = stitchLabels(
      size,
      size,
      { size: 30, margin: 4 },
      (outer) => connectedComponents(cropped(mask, outer)).labels,
      { measure: 'share' },
    );
    expect(new Set(stitched.data)).toEqual(new Set([0, 1]));
  });
});

describe('LabelStitcher', () => {
  it('names the block it waits for when the size does not fit', () => {
    const stitcher = new LabelStitcher(100, 50, 40, 10);
    expect(stitcher.next).toEqual({
      core: { x: 0, y: 0, width: 40, height: 40 },
      outer: { x: 0, y: 0, width: 50, height: 50 },
    });
    expect(() => stitcher.add({ width: 40, height: 40, data: new Int32Array(1600) })).toThrow(
      'the next block is 50×50 at 0, 0',
    );
  });
  it('refuses more blocks than there are, and a margin of 0', () => {
    const stitcher = new LabelStitcher(4, 4, 8, 1);
    stitcher.add({ width: 4, height: 4, data: new Int32Array(16) });
    expect(stitcher.next).toBe(null);
    expect(() => stitcher.add({ width: 4, height: 4, data: new Int32Array(16) })).toThrow('last block');
    expect(() => new LabelStitcher(4, 4, 8, 0)).toThrow('margin is 0');
  });
});
