import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { distanceTransform, nearestLabel } from './distance.ts';
import { createRandom } from './random.ts';

describe('distanceTransform', () => {
  it.each([...readFixture('distance')])('equals scipy.ndimage.distance_transform_edt: %s', (_, fixture) => {
    const out = distanceTransform(fixture.mask('mask'));
    expect(relativeError(out.data, fixture.array('expected').data)).toBeLessThan(1e-7);
  });
  it('is infinite where nothing is 0', () => {
    const out = distanceTransform({ width: 4, height: 3, data: new Uint8Array(12).fill(1) });
    expect([...out.data]).toEqual(Array(12).fill(Number.POSITIVE_INFINITY));
  });
});

describe('nearestLabel', () => {
  it('gives every pixel a label at the smallest distance there is', () => {
    const random = createRandom('voronoi');
    const width = 43;
    const height = 29;
    for (const seeds of [1, 2, 15]) {
      const data = new Int32Array(width * height);
      const places = Array.from({ length: seeds }, (_, i) => ({
        label: i + 1,
        x: random.integer(width),
        y: random.integer(height),
      }));
      for (const { label, x, y } of places) data[y * width + x] = label;
      const out = nearestLabel({ width, height, data });
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const distances = places
            .filter((p) => data[p.y * width + p.x] === p.label)
            .map((p) => ({ label: p.label, d: (p.x - x) ** 2 + (p.y - y) ** 2 }));
          const least = Math.min(...distances.map(({ d }) => d));
          const chosen = distances.find(({ label }) => label === out.data[y * width + x]);
          expect(chosen?.d).toBe(least);
        }
      }
    }
  });
  it('breaks ties to the left, then upwards', () => {
    const row = nearestLabel({ width: 3, height: 1, data: Int32Array.from([7, 0, 9]) });
    expect([...row.data]).toEqual([7, 7, 9]);
    const column = nearestLabel({ width: 1, height: 3, data: Int32Array.from([7, 0, 9]) });
    expect([...column.data]).toEqual([7, 7, 9]);
  });
  it('stays 0 without labels', () => {
    expect([...nearestLabel({ width: 2, height: 2, data: new Int32Array(4) }).data]).toEqual([0, 0, 0, 0]);
  });
});
