import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { blobMask, noisePlane } from '../fixtures/random-pictures.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { resampleArea, resampleLabels, resampleMaskArea } from './resample.ts';

describe('resampleArea', () => {
  const cases = readFixture('resample');
  const picture = cases.get('picture')!.plane('picture');
  cases.delete('picture');
  it.each([...cases])(
    'equals the integral over areas, and scipy.ndimage.zoom where it grows: %s',
    (_, fixture) => {
      const expected = fixture.array('expected');
      const out = resampleArea({ ...picture, channels: 1 }, expected.shape[1]!, expected.shape[0]!);
      expect(relativeError(out.data, expected.data)).toBeLessThan(1e-6);
    },
  );

  it('shrinks one axis while it enlarges the other, and keeps a constant', () => {
    const data = new Float32Array(2 * 30 * 20).fill(3.5);
    data.fill(-1, 600);
    const out = resampleArea({ width: 30, height: 20, channels: 2, data }, 13, 41);
    expect(out.data.length).toBe(2 * 13 * 41);
    expect(relativeError(out.data.subarray(0, 13 * 41), new Float32Array(13 * 41).fill(3.5))).toBeLessThan(
      1e-6,
    );
    expect(relativeError(out.data.subarray(13 * 41), new Float32Array(13 * 41).fill(-1))).toBeLessThan(1e-6);
  });

  it('keeps the mean of the picture', () => {
    const plane = noisePlane(97, 61, 1, 'mean');
    const mean = (data: Float32Array): number => data.reduce((a, b) => a + b, 0) / data.length;
    expect(mean(resampleArea({ ...plane, channels: 1 }, 40, 23).data)).toBeCloseTo(mean(plane.data), 6);
  });

  it('refuses a size that is not whole', () => {
    const plane = noisePlane(5, 5, 0, 1);
    expect(() => resampleArea({ ...plane, channels: 1 }, 2.5, 3)).toThrow('width is 2.5');
  });
});

describe('resampleMaskArea', () => {
  it('gives the share that is covered', () => {
    const mask = { width: 4, height: 2, data: Uint8Array.from([1, 1, 0, 1, 0, 1, 0, 0]) };
    expect([...resampleMaskArea(mask, 2, 1).data]).toEqual([0.75, 0.25]);
  });
});

describe('resampleLabels', () => {
  it('takes the pixel under the middle and never a label that was not there', () => {
    const labels = { width: 4, height: 2, data: Int32Array.from([1, 2, 3, 4, 5, 6, 7, 8]) };
    expect([...resampleLabels(labels, 8, 2).data]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]);
    expect([...resampleLabels(labels, 2, 1).data]).toEqual([6, 8]);
  });
  it('comes back after doubling', () => {
    const mask = blobMask(31, 17, 2, 'double');
    expect(resampleLabels(resampleLabels(mask, 62, 34), 31, 17).data).toEqual(mask.data);
  });
});
