import { describe, expect, it } from 'vitest';
import { regionProperties } from './region-properties.ts';

describe('regionProperties', () => {
  it('measures area, box and middle of each label, in ascending order', () => {
    const data = Int32Array.from([0, 5, 5, 0, 2, 0, 5, 0, 2, 2, 0, 0]);
    expect(regionProperties({ width: 4, height: 3, data })).toEqual([
      { label: 2, area: 3, x0: 0, y0: 1, x1: 2, y1: 3, centroidX: 1 / 3, centroidY: 5 / 3 },
      { label: 5, area: 3, x0: 1, y0: 0, x1: 3, y1: 2, centroidX: 5 / 3, centroidY: 1 / 3 },
    ]);
  });
  it('bears labels far above the number of pixels', () => {
    const data = Int32Array.from([2_000_000_000, 0, 7, 2_000_000_000]);
    const regions = regionProperties({ width: 2, height: 2, data });
    expect(regions.map((r) => [r.label, r.area])).toEqual([
      [7, 1],
      [2_000_000_000, 2],
    ]);
  });
  it('is empty without labels', () => {
    expect(regionProperties({ width: 2, height: 1, data: new Int32Array(2) })).toEqual([]);
  });
});
