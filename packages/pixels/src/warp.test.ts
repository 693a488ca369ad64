import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { type Affine, warpAffine } from './warp.ts';

describe('warpAffine', () => {
  const cases = readFixture('warp');
  const picture = { ...cases.get('picture')!.plane('picture'), channels: 1 };
  cases.delete('picture');
  it.each([...cases])('equals scipy.ndimage.affine_transform within 1e-6: %s', (_, fixture) => {
    const mode = fixture.text('mode');
    const { shape, data } = fixture.array('expected');
    const [a, b, c, d, e, f] = fixture.numbers('matrix');
    const matrix: Affine = [a!, b!, c!, d!, e!, f!];
    const out = warpAffine(picture, matrix, shape[1]!, shape[0]!, {
      fill: mode === 'nearest' || mode === 'reflect' ? mode : 17,
    });
    expect(relativeError(out.data, data)).toBeLessThan(1e-6);
  });

  it('turns by a quarter exactly, each channel alike', () => {
    const image = {
      width: 3,
      height: 2,
      channels: 2,
      data: Float32Array.from([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]),
    };
    const out = warpAffine(image, [0, 1, 0, -1, 0, 1], 2, 3);
    expect([...out.data]).toEqual([4, 1, 5, 2, 6, 3, 40, 10, 50, 20, 60, 30]);
    expect(warpAffine(image, [0, 1, 0, -1, 0, 1], 2, 3, { interpolation: 'nearest' }).data).toEqual(out.data);
  });

  it('never mixes values with nearest interpolation', () => {
    const image = {
      width: 8,
      height: 8,
      channels: 1,
      data: Float32Array.from({ length: 64 }, (_, i) => (i % 3 === 0 ? 7 : 0)),
    };
    const out = warpAffine(image, [0.83, 0.41, -1, -0.41, 0.83, 2], 12, 12, {
      interpolation: 'nearest',
      fill: 9,
    });
    expect(new Set(out.data)).toEqual(new Set([0, 7, 9]));
  });

  it('refuses a matrix that is not finite', () => {
    expect(() => warpAffine(picture, [1, 0, Number.NaN, 0, 1, 0], 3, 3)).toThrow('six finite numbers');
  });
});
