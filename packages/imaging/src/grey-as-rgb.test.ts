import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { encodePng } from './encode.ts';
import { openImage } from './open-image.ts';

const side = 100;
const size = side * side;

/** Grey noise as RGB, with every pixel inside a box in the colour (r, g, b). */
async function picture(
  grey: (i: number) => number,
  box: { x: number; y: number; width: number; height: number; colour: readonly [number, number, number] },
) {
  const data = new Uint8Array(size * 3);
  for (let i = 0; i < size; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const inside = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
    for (let c = 0; c < 3; c++) data[c * size + i] = inside ? box.colour[c]! : grey(i);
  }
  return await openImage(await encodePng({ width: side, height: side, channels: 3, data }));
}

describe('grey that was stored as RGB', () => {
  const random = createRandom(3);
  const noise = Array.from({ length: size }, () => 90 + random.integer(40));
  const grey = (i: number): number => noise[i]!;

  it('is one channel, also with a yellow scale bar at the edge', async () => {
    const image = await picture(grey, { x: 10, y: 94, width: 40, height: 2, colour: [255, 255, 0] });
    expect([image.channels, image.greyAsRgb]).toEqual([1, true]);
    expect(image.notes.join()).toContain('0.8 % of the pixels');
    const { data } = await image.read();
    expect([...data.slice(0, 500)]).toEqual(noise.slice(0, 500));
    expect(data[94 * side + 10]).toBe(226);
  });

  it('stays colour where the coloured pixels are in the middle: they are cells, not a scale bar', async () => {
    const image = await picture(grey, { x: 40, y: 40, width: 10, height: 5, colour: [200, 60, 60] });
    expect([image.channels, image.greyAsRgb, image.notes]).toEqual([3, false, []]);
  });

  it('stays colour where the rest is black, as in fluorescence, even with the cell at the edge', async () => {
    const image = await picture(() => 0, { x: 2, y: 2, width: 12, height: 12, colour: [0, 180, 20] });
    expect([image.channels, image.greyAsRgb]).toEqual([3, false]);
  });
});
