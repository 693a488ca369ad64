import { describe, expect, it } from 'vitest';
import { blobMask, noisePlane } from '../fixtures/random-pictures.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { connectedComponents } from './components.ts';
import { distanceTransform } from './distance.ts';
import { gaussian } from './gaussian.ts';
import { peakMarkers } from './peaks.ts';
import { watershed } from './watershed.ts';

describe('watershed', () => {
  it.each([...readFixture('watershed')])('equals skimage.segmentation.watershed: %s', (_, fixture) => {
    for (const connectivity of [4, 8] as const) {
      const out = watershed(
        fixture.plane('heights'),
        fixture.labels('markers'),
        fixture.mask('mask'),
        connectivity,
      );
      expect(out.data).toEqual(fixture.labels(`expected${connectivity}`).data);
    }
  });

  it('labels exactly the parts of the mask that hold a marker, each basin in one piece', () => {
    const mask = blobMask(120, 90, 4, 'basins');
    const distance = gaussian(distanceTransform(mask), 1);
    const heights = { ...distance, data: distance.data.map((v) => -v) };
    const markers = peakMarkers(distance, 4, 1);
    const out = watershed(heights, markers, mask);
    const parts = connectedComponents(mask).labels.data;
    const marked = new Set<number>();
    for (let i = 0; i < parts.length; i++) if (markers.data[i]! > 0 && mask.data[i]) marked.add(parts[i]!);
    expect(marked.size).toBeGreaterThan(3);
    for (let i = 0; i < parts.length; i++)
      expect(out.data[i]! > 0).toBe(marked.has(parts[i]!) && parts[i]! > 0);
    const labels = new Set(out.data);
    for (const label of labels) {
      if (label === 0) continue;
      const data = Uint8Array.from(out.data, (v) => (v === label ? 1 : 0));
      expect(connectedComponents({ width: 120, height: 90, data }).count).toBe(1);
    }
  });

  it('refuses maps of another size and heights that are not finite', () => {
    const heights = noisePlane(6, 5, 0, 1);
    const markers = { width: 5, height: 6, data: new Int32Array(30) };
    const mask = { width: 6, height: 5, data: new Uint8Array(30) };
    expect(() => watershed(heights, markers, mask)).toThrow('markers is 5×6 but heights is 6×5');
    const infinite = { ...heights, data: new Float32Array(30).fill(Number.POSITIVE_INFINITY) };
    expect(() => watershed(infinite, { ...mask, data: markers.data }, mask)).toThrow('Infinity at index 0');
  });
});

describe('peakMarkers', () => {
  const plane = (rows: number[][]) => ({
    width: rows[0]!.length,
    height: rows.length,
    data: Float32Array.from(rows.flat()),
  });
  it('marks the middle of a plateau once', () => {
    const { data } = peakMarkers(
      plane([
        [0, 0, 0, 0, 0],
        [0, 3, 3, 3, 0],
        [0, 0, 0, 0, 0],
      ]),
      0,
      1,
    );
    expect([...data].flatMap((v, i) => (v > 0 ? [i] : []))).toEqual([7]);
  });
  it('drops the lower of two near peaks of one part, not of two parts', () => {
    const joined = peakMarkers(plane([[0, 5, 2, 4, 0]]), 3, 1);
    expect([...joined.data]).toEqual([0, 1, 0, 0, 0]);
    const apart = peakMarkers(plane([[0, 5, 0, 4, 0]]), 3, 1);
    expect([...apart.data]).toEqual([0, 1, 0, 2, 0]);
  });
  it('keeps both where they are farther apart than the distance', () => {
    expect([...peakMarkers(plane([[0, 5, 2, 4, 0]]), 1.9, 1).data]).toEqual([0, 1, 0, 2, 0]);
  });
  it('marks every part above the threshold', () => {
    const random = noisePlane(80, 60, 2, 'parts');
    const markers = peakMarkers(random, 10, 0.05).data;
    const above = Uint8Array.from(random.data, (v) => (v > Math.fround(0.05) ? 1 : 0));
    const { labels, count } = connectedComponents({ width: 80, height: 60, data: above });
    const marked = new Set<number>();
    for (let i = 0; i < markers.length; i++) if (markers[i]! > 0) marked.add(labels.data[i]!);
    expect(marked.size).toBe(count);
  });
});
