import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { noisePlane } from '../fixtures/random-pictures.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { gaussian } from './gaussian.ts';

describe('gaussian', () => {
  const cases = readFixture('gaussian');
  const pictures = cases.get('pictures')!;
  cases.delete('pictures');
  it.each([...cases])('equals scipy.ndimage.gaussian_filter within 1e-6: %s', (_, fixture) => {
    const plane = pictures.plane(fixture.text('image'));
    const out = gaussian(plane, fixture.number('sigma'), {
      truncate: fixture.number('truncate'),
      mode: fixture.text('mode') === 'nearest' ? 'nearest' : 'reflect',
    });
    expect(relativeError(out.data, fixture.array('expected').data)).toBeLessThan(1e-6);
  });

  it('keeps the sum of the picture, whose reflected edge loses nothing', () => {
    const plane = noisePlane(31, 47, 0, 'sum');
    const sum = (data: Float32Array): number => data.reduce((a, b) => a + b, 0);
    expect(sum(gaussian(plane, 6).data)).toBeCloseTo(sum(plane.data), 3);
  });

  it('copies the picture at sigma 0', () => {
    const plane = noisePlane(5, 4, 0, 1);
    const out = gaussian(plane, 0);
    expect(out.data).toEqual(plane.data);
    expect(out.data).not.toBe(plane.data);
  });

  it('names the value that is not finite, the negative sigma and the size that does not fit', () => {
    const plane = noisePlane(5, 4, 0, 1);
    const holed = Float32Array.from(plane.data, (v, i) => (i === 17 ? Number.NaN : v));
    expect(() => gaussian({ ...plane, data: holed }, 1)).toThrow('NaN at index 17');
    expect(() => gaussian(plane, -1)).toThrow('sigma is -1');
    expect(() => gaussian({ ...plane, width: 6 }, 1)).toThrow('holds 20 values');
  });
});
