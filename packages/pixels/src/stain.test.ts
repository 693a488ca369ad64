import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { invert3 } from './matrix3.ts';
import { estimateStains, HAEMATOXYLIN_EOSIN_DAB, opticalDensity, separateStains } from './stain.ts';

describe('stains', () => {
  const fixture = readFixture('stain').get('stained')!;
  const { shape, data } = fixture.array('rgb');
  const image = { width: shape[2]!, height: shape[1]!, channels: 3, data: Uint8Array.from(data) };

  it('separates as skimage.color.separate_stains (in log₁₀) within 1e-6', () => {
    const out = separateStains(image, HAEMATOXYLIN_EOSIN_DAB);
    expect(relativeError(out.data, fixture.array('separated').data)).toBeLessThan(1e-6);
  });

  it('estimates as Macenko, and finds the stains that were mixed within seven degrees', () => {
    const found = estimateStains(image);
    const expected = fixture.numbers('macenko');
    expect(relativeError(found.slice(0, 6), expected)).toBeLessThan(1e-5);
    for (const row of [0, 3]) {
      let dot = 0;
      for (let c = 0; c < 3; c++) dot += found[row + c]! * HAEMATOXYLIN_EOSIN_DAB[row + c]!;
      const length = Math.hypot(...HAEMATOXYLIN_EOSIN_DAB.slice(row, row + 3));
      expect(dot / length).toBeGreaterThan(Math.cos((7 * Math.PI) / 180));
    }
  });

  it('turns a tenth of the light into a density of 1, per channel of its own white', () => {
    const one = { width: 1, height: 1, channels: 3, data: Float32Array.from([25.5, 20, 0]) };
    expect([...opticalDensity(one, { white: [255, 200, 240] }).data]).toEqual([1, 1, 3]);
  });

  it('fills a missing third stain with what the others leave', () => {
    const twoStains = separateStains(image, [0.65, 0.7, 0.29, 0.07, 0.99, 0.11, 0, 0, 0]);
    expect(twoStains.data.every(Number.isFinite)).toBe(true);
  });

  it('refuses grey pictures, equal stains and clear glass', () => {
    expect(() => estimateStains({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) })).toThrow(
      '1 channels',
    );
    expect(() => separateStains(image, [1, 1, 1, 1, 1, 1, 1, 0, 0])).toThrow('no inverse');
    const glass = { width: 4, height: 4, channels: 3, data: new Uint8Array(48).fill(250) };
    expect(() => estimateStains(glass)).toThrow('only 0 pixels');
  });
});

describe('invert3', () => {
  it('gives the matrix that multiplies to one', () => {
    expect(invert3([2, 0, 0, 0, 4, 0, 1, 0, 1])).toEqual([0.5, 0, 0, 0, 0.25, 0, -0.5, 0, 1]);
  });
});
