import type { FloatImage } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../opened-image.ts';
import { maximumOfPlanes } from './maximum-of-planes.ts';
import { type StackPicture, sharpestPlane } from './sharpest-plane.ts';

/** A picture whose planes are given by a function of plane, channel and place. */
function stack(
  { width, height, channels = 1 }: { width: number; height: number; channels?: number },
  at: (z: number, channel: number, x: number, y: number) => number,
): StackPicture {
  const readFloat = async ({ z = 0, region }: ReadOptions = {}): Promise<FloatImage> => {
    const { x, y, ...size } = region ?? { x: 0, y: 0, width, height };
    const data = new Float32Array(size.width * size.height * channels);
    for (let i = 0; i < data.length; i++) {
      const row = Math.floor(i / size.width);
      const channel = Math.floor(row / size.height);
      data[i] = at(z, channel, x + (i % size.width), y + (row % size.height));
    }
    return { ...size, channels, data };
  };
  return { width, height, channels, depth: { bits: 32, kind: 'float' }, read: readFloat, readFloat };
}

const planes = (count: number) => Array.from({ length: count }, (_, z) => ({ time: 4, z }));

describe('the sharpest plane of a stack', () => {
  it('is that with the finest detail, not the one with the most light or the widest range', async () => {
    const picture = stack({ width: 40, height: 30 }, (z, _, x, y) =>
      z === 0 ? 60_000 : z === 1 ? 1000 * (x + y) : z === 2 ? 100 + 20 * ((x + y) % 2) : 100 + 5 * (x % 2),
    );
    expect(await sharpestPlane(picture, planes(4))).toEqual({ time: 4, z: 2 });
  });

  it('is found in every channel and at the end of large pictures', async () => {
    const picture = stack({ width: 2000, height: 1100, channels: 2 }, (z, channel, x, y) =>
      z === 1 && channel === 1 && y > 1080 ? (x + y) % 2 : 0,
    );
    expect(await sharpestPlane(picture, planes(2))).toEqual({ time: 4, z: 1 });
  });

  it('is the middle one where all are alike, also where values are no numbers', async () => {
    expect(
      await sharpestPlane(
        stack({ width: 9, height: 9 }, () => 5),
        planes(5),
      ),
    ).toEqual({ time: 4, z: 2 });
    const nothing = stack({ width: 2, height: 2 }, () => Number.NaN);
    expect(await sharpestPlane(nothing, planes(3))).toEqual({ time: 4, z: 1 });
  });
});

describe('the maximum of a stack', () => {
  it('has the largest value of every place, channel by channel, and takes a number before none', async () => {
    const picture = stack({ width: 2, height: 1, channels: 2 }, (z, channel, x) =>
      z === 0 && x === 1 ? Number.NaN : 10 * channel + (z === x ? 5 : 3),
    );
    const { data } = await maximumOfPlanes(picture, planes(2)).read();
    expect([...data]).toEqual([5, 5, 15, 15]);
    const part = await maximumOfPlanes(picture, planes(2)).read({
      region: { x: 1, y: 0, width: 1, height: 1 },
    });
    expect([...part.data]).toEqual([5, 15]);
  });
});
