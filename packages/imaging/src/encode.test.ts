import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng, encodeWebp } from './encode.ts';
import { openImage } from './open-image.ts';

const [width, height] = [23, 17];

function noise(channels: number, bits: 8 | 16): Uint8Array | Uint16Array {
  const random = createRandom(`${channels}/${bits}`);
  const data =
    bits === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  return data.map(() => random.integer(2 ** bits));
}

describe('encodePng', () => {
  it.for([
    [1, 8],
    [1, 16],
    [3, 8],
    [3, 16],
  ] as const)('gives back %d channels of %d bits exactly', async ([channels, bits]) => {
    const data = noise(channels, bits);
    const image = await openImage(await encodePng({ width, height, channels, data }));
    expect(image.depth.bits).toBe(bits);
    expect(await image.read()).toEqual({ width, height, channels, data });
  });

  it.for([8, 16] as const)(
    'keeps the colours of four channels of %d bits; alpha is dropped on reading',
    async (bits) => {
      const data = noise(4, bits);
      const image = await openImage(await encodePng({ width, height, channels: 4, data }));
      expect((await image.read()).data).toEqual(data.slice(0, width * height * 3));
    },
  );

  it('refuses two channels and data of another size', async () => {
    const data = new Uint8Array(32);
    await expect(encodePng({ width: 4, height: 4, channels: 2, data })).rejects.toThrow('2 channels');
    await expect(encodePng({ width: 4, height: 4, channels: 1, data })).rejects.toThrow(
      '32 values for 4 × 4 × 1',
    );
  });
});

describe('thumbnails', () => {
  it('are close to the picture as JPEG and as WebP', async () => {
    const data = Uint8Array.from(
      { length: width * height * 3 },
      (_, i) => 60 + ((i % width) * 6 + i / 40) / 2,
    );
    for (const bytes of [
      await encodeJpeg({ width, height, channels: 3, data }, 95),
      await encodeWebp({ width, height, channels: 3, data }, 95),
    ]) {
      const image = await openImage(bytes);
      expect([image.width, image.height, image.channels]).toEqual([width, height, 3]);
      const back = (await image.read()).data;
      const worst = data.reduce((most, value, i) => Math.max(most, Math.abs(value - back[i]!)), 0);
      expect(worst).toBeLessThan(30);
    }
  });
});
