import { describe, expect, it } from 'vitest';
import { autoContrast, topOf } from './contrast.ts';

describe('autoContrast', () => {
  it('leaves the darkest and the brightest fiftieth out', () => {
    const values = Uint16Array.from({ length: 101 }, (_, i) => (i === 100 ? 65_535 : i));
    expect(autoContrast(values)).toEqual({ black: 2, white: 98 });
  });

  it('says the same of 16 bits as of any other numbers', () => {
    const values = Uint16Array.from({ length: 4999 }, (_, i) => (i * i * 31 + 7 * i) % 65_536);
    expect(autoContrast(values)).toEqual(autoContrast(Float64Array.from(values)));
    expect(autoContrast(new Uint16Array(9).fill(65_535))).toEqual({ black: 65_535, white: 65_536 });
  });

  it('leaves out what is no number', () => {
    expect(autoContrast(Float32Array.of(Number.NaN, 1, Infinity, 3))).toEqual({ black: 1, white: 3 });
  });

  it('gives one value a range', () => {
    expect(autoContrast(new Uint8Array(9).fill(7))).toEqual({ black: 7, white: 8 });
    expect(autoContrast([])).toEqual({ black: 0, white: 1 });
  });
});

describe('topOf', () => {
  it('is the largest that whole numbers hold', () => {
    expect([topOf('uint8'), topOf('uint16'), topOf('int16'), topOf('float32')]).toEqual([
      255, 65_535, 32_767, 1,
    ]);
  });
});
