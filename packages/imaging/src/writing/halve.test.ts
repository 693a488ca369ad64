import { describe, expect, it } from 'vitest';
import { halveRaster } from './halve.ts';

const uint8 = { bits: 8, kind: 'uint' } as const;
const float = { bits: 32, kind: 'float' } as const;

describe('halveRaster', () => {
  it('rounds the mean of four whole numbers to the nearest, halves up', () => {
    const data = Uint8Array.of(1, 1, 255, 255, 0, 0, 1, 2, 255, 254, 1, 0);
    expect(halveRaster({ width: 6, height: 2, channels: 1, data }, uint8).data).toEqual(
      Uint8Array.of(Math.round((1 + 1 + 1 + 2) / 4), Math.round((255 * 3 + 254) / 4), Math.round(1 / 4)),
    );
    const half = { width: 2, height: 2, channels: 1, data: Int16Array.of(-3, -2, -3, -2) };
    expect(halveRaster(half, { bits: 16, kind: 'int' }).data).toEqual(Int16Array.of(-2));
  });

  it('does not overflow where the numbers are the largest', () => {
    const data = new Uint32Array(4).fill(0xffff_ffff);
    expect(halveRaster({ width: 2, height: 2, channels: 1, data }, { bits: 32, kind: 'uint' }).data).toEqual(
      Uint32Array.of(0xffff_ffff),
    );
  });

  it('leaves an odd last row and column out, channel by channel', () => {
    const data = Uint8Array.from({ length: 18 }, (_, i) => i * 4);
    expect(halveRaster({ width: 3, height: 3, channels: 2, data }, uint8)).toEqual({
      ...{ width: 1, height: 1, channels: 2 },
      data: Uint8Array.of(8, 44),
    });
  });

  it('halves a single row along its length alone', () => {
    const data = Uint8Array.of(2, 4, 6, 8, 9);
    expect(halveRaster({ width: 5, height: 1, channels: 1, data }, uint8)).toEqual({
      ...{ width: 2, height: 1, channels: 1 },
      data: Uint8Array.of(3, 7),
    });
  });

  it('takes the upper left number of labels', () => {
    const data = Uint8Array.of(0, 9, 5, 9, 9, 9, 9, 9);
    expect(halveRaster({ width: 4, height: 2, channels: 1, data }, uint8, 'nearest').data).toEqual(
      Uint8Array.of(0, 5),
    );
  });

  it('leaves NaN out of means, unless there is nothing else', () => {
    const data = Float32Array.of(Number.NaN, 1, Number.NaN, Number.NaN, 2, 3, Number.NaN, Number.NaN);
    expect(halveRaster({ width: 4, height: 2, channels: 1, data }, float).data).toEqual(
      Float32Array.of(2, Number.NaN),
    );
  });
});
