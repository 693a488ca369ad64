import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { blobMask, noisePlane } from '../fixtures/random-pictures.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { normalisedConvolution } from './normalised-convolution.ts';

describe('normalisedConvolution', () => {
  const cases = readFixture('normalised-convolution');
  const picture = cases.get('picture')!;
  cases.delete('picture');
  it.each([...cases])('equals the quotient of two SciPy blurs within 2e-6: %s', (_, fixture) => {
    const kind = fixture.text('weights');
    const weights = kind === 'mask' ? picture.mask('mask') : picture.plane('weights');
    const out = normalisedConvolution(picture.plane('picture'), weights, fixture.number('sigma'), {
      exact: true,
    });
    const expected = fixture.array('expected').data;
    const actual = out.data.map((v, i) => (expected[i] === 0 ? 0 : v));
    expect(relativeError(actual, expected)).toBeLessThan(2e-6);
  });

  it.each([10, 20, 45])('stays within 1 % of the spread on the reduced grid: σ %d', (sigma) => {
    const width = 301;
    const height = 223;
    const base = noisePlane(width, height, 25, 'base').data;
    const noise = noisePlane(width, height, 0, 'noise').data;
    const top = Math.max(...base.map(Math.abs));
    const data = base.map((v, i) => v / top + 0.3 * noise[i]!);
    const plane = { width, height, data };
    const mask = blobMask(width, height, 8, 'mask');
    const exact = normalisedConvolution(plane, mask, sigma, { exact: true }).data;
    const quick = normalisedConvolution(plane, mask, sigma).data;
    const worst = quick.reduce((w, v, i) => Math.max(w, Math.abs(v - exact[i]!)), 0);
    expect(worst).toBeLessThan(0.01);
  });

  it('answers far from any weight with what lies nearest, and without a step', () => {
    const width = 400;
    const data = Float32Array.from({ length: width * 3 }, (_, i) => (i % width < 200 ? 10 : 50));
    const mask = {
      width,
      height: 3,
      data: Uint8Array.from({ length: width * 3 }, (_, i) => (i % width < 20 || i % width >= 380 ? 1 : 0)),
    };
    const out = normalisedConvolution({ width, height: 3, data }, mask, 5).data;
    expect(out[0]).toBeCloseTo(10, 4);
    expect(out[399]).toBeCloseTo(50, 4);
    expect(out[120]!).toBeLessThan(30);
    for (let x = 1; x < width; x++) expect(Math.abs(out[x]! - out[x - 1]!)).toBeLessThan(4);
  });

  it('refuses weights that are 0 everywhere or negative', () => {
    const plane = noisePlane(6, 5, 0, 1);
    expect(() => normalisedConvolution(plane, { ...plane, data: new Uint8Array(30) }, 2)).toThrow(
      '0 everywhere',
    );
    expect(() => normalisedConvolution(plane, { ...plane, data: new Float32Array(30).fill(-1) }, 2)).toThrow(
      '-1 at index 0',
    );
  });
});
