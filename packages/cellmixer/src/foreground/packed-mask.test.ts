import { createRandom, dilate, erode } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { dilatePacked, erodePacked, packMask, unpackMask } from './packed-mask.ts';

function randomMask(width: number, height: number, share: number) {
  const random = createRandom(`${width}×${height}`);
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, () => (random.next() < share ? 1 : 0)),
  };
}

describe('packed masks', () => {
  it.each([
    [1, 1],
    [31, 5],
    [32, 4],
    [33, 7],
    [100, 40],
  ])('come back as they went in, %i×%i', (width, height) => {
    const mask = randomMask(width, height, 0.4);
    expect(unpackMask(packMask(mask))).toEqual(mask);
  });

  it.each([0, 0.5, 1, 1.5, 2, 2.5, 3.75, 8, 31, 40])(
    'grow and shrink as byte masks do, radius %d',
    (radius) => {
      for (const [width, height] of [
        [33, 20],
        [96, 50],
        [5, 9],
      ] as const) {
        const sparse = randomMask(width, height, 0.01);
        expect(unpackMask(dilatePacked(packMask(sparse), radius))).toEqual(dilate(sparse, radius));
        const dense = randomMask(width, height, 0.99);
        expect(unpackMask(erodePacked(packMask(dense), radius))).toEqual(erode(dense, radius));
      }
    },
  );
});
