import { createRandom, type PixelData, type Raster } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { openImage } from '../open-image.ts';
import { makeThumbnail, type ThumbnailOptions } from './make-thumbnail.ts';

function paint<D extends PixelData>(
  width: number,
  height: number,
  data: D,
  value: (x: number, y: number, channel: number) => number,
): Raster<D> {
  const size = width * height;
  for (let i = 0; i < data.length; i++) {
    data[i] = value(i % width, Math.floor((i % size) / width), Math.floor(i / size));
  }
  return { width, height, channels: data.length / size, data };
}

async function thumbnail(picture: Raster, options?: ThumbnailOptions): Promise<Raster> {
  return await (await openImage(await makeThumbnail(picture, options), { storedValues: true })).read();
}

function mean(values: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    sum += value;
    count++;
  }
  return sum / count;
}

function deviation(values: PixelData): number {
  const middle = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - middle) ** 2)));
}

describe('makeThumbnail', () => {
  it.for([
    [1024, 600, 256, [256, 150]],
    [30, 300, 100, [10, 100]],
    [5000, 2, 256, [256, 1]],
    [40, 30, 256, [40, 30]],
  ] as const)('brings %d × %d to a longer side of at most %d', async ([width, height, side, size]) => {
    const small = await thumbnail(
      paint(width, height, new Uint8Array(width * height), (x) => x % 256),
      { side },
    );
    expect([small.width, small.height]).toEqual(size);
  });

  it('shows colours of 8 bits as they are', async () => {
    const colours = paint(8, 6, new Uint8Array(8 * 6 * 3), (x, y, channel) => 40 + x + 3 * y + 50 * channel);
    expect(await thumbnail(colours)).toEqual(colours);
  });

  it('stretches grey of 8 bits: phase contrast uses a tenth of its range', async () => {
    const picture = paint(256, 60, new Uint8Array(256 * 60), (x) => 115 + x / 8);
    const { data } = await thumbnail(picture);
    expect([data[0], data[255]]).toEqual([0, 255]);
  });

  it('brings out the cells of a dim picture, of 8 and of 16 bits', async () => {
    for (const Type of [Uint8Array, Uint16Array]) {
      const dim = paint(100, 100, new Type(10_000), (x, y) => (x % 20 < 5 && y % 20 < 5 ? 50 : 4));
      const { data } = await thumbnail(dim);
      expect([data[0], data[10]]).toEqual([255, 0]);
    }
  });

  it('keeps empty fluorescence dark and even, and its one cell visible', async () => {
    const random = createRandom('empty');
    const picture = paint(200, 200, new Uint16Array(40_000), (x, y) =>
      Math.hypot(x - 100, y - 100) < 5 ? 600 : 110 + 4 * random.normal(),
    );
    const { data } = await thumbnail(picture);
    expect(data[100 * 200 + 100]).toBe(255);
    const background = data.slice(0, 90 * 200);
    expect(mean(background)).toBeLessThan(64);
    expect(deviation(background)).toBeLessThan(20);
  });

  it('keeps empty brightfield a middle grey', async () => {
    const random = createRandom('brightfield');
    const picture = paint(200, 200, new Uint16Array(40_000), () => 2000 + 10 * random.normal());
    const { data } = await thumbnail(picture, { maxValue: 4095 });
    expect(Math.abs(mean(data) - 128)).toBeLessThan(30);
    expect(deviation(data)).toBeLessThan(20);
  });

  it('gives the colours of 16-bit RGB one range, so that white stays white', async () => {
    const picture = paint(100, 100, new Uint16Array(30_000), (x, _, channel) =>
      channel === 1 && x < 50 ? 9000 : 40_000,
    );
    const { data } = await thumbnail(picture);
    expect([0, 1, 2].map((channel) => data[channel * 10_000 + 99])).toEqual([255, 255, 255]);
    expect([0, 1, 2].map((channel) => data[channel * 10_000])).toEqual([255, 0, 255]);
  });

  it('gives stains colours of their own', async () => {
    const picture = paint(100, 100, new Uint16Array(20_000), (x, _, channel) =>
      x < 50 === (channel === 0) ? 500 + 9000 * channel : 100,
    );
    const { data } = await thumbnail(picture);
    expect([0, 1, 2].map((channel) => data[channel * 10_000])).toEqual([0, 255, 0]);
    expect([0, 1, 2].map((channel) => data[channel * 10_000 + 99])).toEqual([255, 0, 255]);
  });

  it('takes constant pictures, floats and NaN', async () => {
    const flat = await thumbnail(paint(9, 9, new Float32Array(81), () => 0.25));
    expect(new Set(flat.data).size).toBe(1);
    const ramp = paint(101, 50, new Float32Array(5050), (x) => (x === 50 ? Number.NaN : x / 100));
    const { data } = await thumbnail(ramp);
    expect([data[0], data[50], data[100]]).toEqual([0, 0, 255]);
    expect(data[25]! / 255).toBeCloseTo(0.25, 1);
  });

  it('refuses a side that is none', async () => {
    await expect(
      makeThumbnail(
        paint(4, 4, new Uint8Array(16), () => 0),
        { side: 0 },
      ),
    ).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});
