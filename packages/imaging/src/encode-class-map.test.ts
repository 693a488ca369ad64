import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { encodeClassMap } from './encode-class-map.ts';
import { openImage } from './open-image.ts';
import { readClassMap } from './read-label-map.ts';

describe('a class map as a PNG', () => {
  const random = createRandom(3);
  const map = {
    width: 37,
    height: 11,
    data: Uint8Array.from({ length: 37 * 11 }, () => (random.next() < 0.1 ? 255 : random.integer(3))),
  };

  it('gives its numbers back to programs', async () => {
    expect(
      await readClassMap(
        encodeClassMap(map, [
          [230, 159, 0],
          [86, 180, 233],
        ]),
      ),
    ).toEqual(map);
  });

  it('shows its colours to people', async () => {
    const bytes = encodeClassMap({ width: 3, height: 1, data: Uint8Array.of(0, 1, 2) }, [
      [230, 159, 0],
      [86, 180, 233],
    ]);
    const { data } = await (await openImage(bytes)).read();
    expect([...data]).toEqual([0, 230, 86, 0, 159, 180, 0, 0, 233]);
  });
});
