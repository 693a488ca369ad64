import type { FloatImage } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { Culture, Modality } from '../contracts.ts';
import { type DrawnPictureOptions, drawPicture, sourceOf } from '../foreground/testing/drawn-picture.ts';
import { calibrate, snapScale } from './calibrate.ts';

function cultureOf(
  type: string,
  options: DrawnPictureOptions,
  count = 2,
  pixelSizeUm: number | null = null,
): Culture {
  const images = Array.from({ length: count }, (_, i) => {
    const { image } = drawPicture({ ...options, seed: options.seed + i });
    return sourceOf(`${type}-${i}`, image, pixelSizeUm);
  });
  return { type, images };
}

describe('calibrate', () => {
  it.each(['transmitted', 'stained', 'fluorescence'] as const)(
    'recognises %s pictures',
    async (modality: Modality) => {
      const cultures = [cultureOf('A', { modality, seed: 1 }), cultureOf('B', { modality, seed: 10 })];
      const calibration = await calibrate(cultures);
      expect(calibration).toMatchObject({
        modality,
        channels: modality === 'stained' ? 3 : 1,
        pixelSizeUm: null,
      });
      expect(calibration.noise).toBeGreaterThan(0);
      expect(calibration.noise).toBeLessThan(0.2);
    },
  );

  it('brings cells of any native size to about 27 working pixels', async () => {
    for (const diameter of [26, 60]) {
      const options = { modality: 'fluorescence', seed: 3, diameter, size: 6 * diameter } as const;
      const { cellDiameterPx, workingScale } = await calibrate([cultureOf('A', options)]);
      expect(cellDiameterPx / diameter).toBeGreaterThan(0.75);
      expect(cellDiameterPx / diameter).toBeLessThan(1.4);
      expect(Math.abs(workingScale * 12 - Math.round(workingScale * 12))).toBeLessThan(1e-9);
    }
  }, 60_000);

  it('takes the diameter of the user before its own', async () => {
    const cultures = [cultureOf('A', { modality: 'transmitted', seed: 1 })];
    expect(await calibrate(cultures, { cellDiameterPx: 54 })).toMatchObject({
      cellDiameterPx: 54,
      workingScale: 0.5,
    });
    expect(await calibrate(cultures, { cellDiameterPx: 54, targetDiameter: 18 })).toMatchObject({
      workingScale: 1 / 3,
    });
  });

  it('gives every culture the same say in the intensity scale, however many pictures it has', async () => {
    const bright = { modality: 'fluorescence', seed: 1, level: 200 } as const;
    const dim = { modality: 'fluorescence', seed: 20, level: 50 } as const;
    const options = { cellDiameterPx: 27 };
    const few = await calibrate([cultureOf('A', bright, 1), cultureOf('B', dim, 1)], options);
    const many = await calibrate([cultureOf('A', bright, 5), cultureOf('B', dim, 1)], options);
    expect(many.intensityScale[0]! / few.intensityScale[0]!).toBeCloseTo(1, 1);
  });

  it('reports the noise of the noisiest culture', async () => {
    const quiet = cultureOf('A', { modality: 'transmitted', seed: 1 });
    const loud: Culture = {
      type: 'B',
      images: [1, 2].map((seed) => {
        const { image } = drawPicture({ modality: 'transmitted', seed });
        return sourceOf(`loud-${seed}`, withGrain(image));
      }),
    };
    const options = { cellDiameterPx: 27 };
    const alone = await calibrate([quiet], options);
    const both = await calibrate([quiet, loud], options);
    expect(both.noise).toBeGreaterThan(2 * alone.noise);
  });

  it('reports progress to the end and stops when told', async () => {
    const cultures = [cultureOf('A', { modality: 'transmitted', seed: 1 })];
    const seen: string[] = [];
    await calibrate(cultures, { onProgress: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/4', '2/4', '3/4', '4/4']);
    await expect(calibrate(cultures, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('refuses pictures without background, differing channels, no pictures and senseless sizes', async () => {
    const confluent = cultureOf('A', { modality: 'transmitted', seed: 1, confluent: true });
    await expect(calibrate([confluent], { modality: 'transmitted' })).rejects.toMatchObject({
      code: 'NO_FOREGROUND',
    });
    const grey = cultureOf('A', { modality: 'transmitted', seed: 1 }, 1);
    const colour = cultureOf('B', { modality: 'stained', seed: 1 }, 1);
    await expect(calibrate([grey, colour])).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: '"B-0" has 3 channels, "A-0" has 1; all pictures must agree',
    });
    await expect(calibrate([])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(calibrate([grey], { cellDiameterPx: -3 })).rejects.toThrow('cellDiameterPx is -3');
  });

  it('says which picture holds what is not a number, and where', async () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1 });
    image.data[5 + 7 * image.width] = Number.NaN;
    await expect(calibrate([{ type: 'A', images: [sourceOf('a.tif', image)] }])).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: '"a.tif": the pixel at 5,7 is NaN',
    });
  });
});

describe('snapScale', () => {
  it('gives nearly equal runs the same twelfth', () => {
    expect([0.31, 0.33, 0.36].map(snapScale)).toEqual([4 / 12, 4 / 12, 4 / 12]);
    expect([3, 1.02, 0.97].map(snapScale)).toEqual([1, 1, 1]);
    expect(snapScale(0.05)).toBe(1 / 20);
  });
});

/** A chessboard of ±4 %: grain that is the same in every run. */
function withGrain(image: FloatImage): FloatImage {
  const data = image.data.map((v, i) => {
    const odd = (Math.floor(i / image.width) + i) % 2 === 1;
    return v * (odd ? 1.04 : 0.96);
  });
  return { ...image, data };
}
