import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openImage } from './open-image.ts';
import { fixtures } from './testing/expected-facts.ts';

const folder = join(fixtures, 'files');

describe('a region is the same as that part of the whole plane', () => {
  it.for(readdirSync(folder).sort())('%s', async (file) => {
    // From the path and from the bytes, which take different ways.
    const image = await openImage(join(folder, file));
    const again = await openImage(new Uint8Array(readFileSync(join(folder, file))), { name: file });
    const plane = image.planes.at(-1)!;
    const whole = await image.read(plane);
    expect(await again.read(plane)).toEqual(whole);
    const { width, height, channels, data } = whole;
    const region = { x: 3, y: 5, width: Math.floor(width / 2), height: height - 7 };
    const part = await again.read({ ...plane, region });
    expect(part.data.constructor).toBe(data.constructor);
    const expected: number[] = [];
    for (let c = 0; c < channels; c++) {
      for (let y = 0; y < region.height; y++) {
        for (let x = 0; x < region.width; x++) {
          expected.push(data[(c * height + region.y + y) * width + region.x + x]!);
        }
      }
    }
    expect([...part.data]).toEqual(expected);
  });
});

describe('what cannot be read says what there is', () => {
  const path = join(folder, 'hyperstack-czt.ome.tif');

  it('a plane that is not there', async () => {
    await expect((await openImage(path)).read({ time: 2 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      cure: 'It has 2 time points and 3 slices, counted from 0.',
    });
  });

  it('a region outside the picture', async () => {
    const region = { x: 10, y: 0, width: 10, height: 5 };
    await expect((await openImage(path)).read({ region })).rejects.toThrow('not in 17 × 13 pixels');
  });
});
