import { describe, expect, it } from 'vitest';
import { makeMask } from './make-mask.ts';
import { measureBackground } from './measure-background.ts';
import { defaultForegroundParameters } from './parameters.ts';
import { drawPicture, overlapOf } from './testing/drawn-picture.ts';

const modalities = ['transmitted', 'stained', 'fluorescence'] as const;

describe('makeMask', () => {
  it.each(modalities)('finds the drawn cells of a %s picture on uneven light', (modality) => {
    for (const seed of [1, 2, 3]) {
      const { image, truth } = drawPicture({ modality, seed });
      const { mask, quality } = makeMask(
        measureBackground(image, { modality }),
        defaultForegroundParameters(modality),
      );
      expect(overlapOf(mask, truth)).toBeGreaterThan(0.8);
      expect(quality).toMatchObject({ confluent: false, warnings: [] });
    }
  });

  it.each(modalities)('gives the same mask of a %s picture whatever the unit of its values', (modality) => {
    const masks = [1, 257 / 255].map((_, i) => {
      const { image } = drawPicture({ modality, seed: 4, level: i === 0 ? 128 : 128 * 256 });
      return makeMask(measureBackground(image, { modality }), defaultForegroundParameters(modality)).mask;
    });
    expect(overlapOf(masks[0]!, masks[1]!)).toBeGreaterThan(0.999);
  });

  it('gives sure pixels that the truth confirms and a band of undecided ones between', () => {
    const { image, truth } = drawPicture({ modality: 'transmitted', seed: 5 });
    const parameters = defaultForegroundParameters('transmitted');
    const background = measureBackground(image, { modality: 'transmitted' });
    const { trimap, mask } = makeMask(background, parameters);
    const counts = { 0: [0, 0], 1: [0, 0], 255: [0, 0] } as Record<number, [number, number]>;
    for (let i = 0; i < trimap.data.length; i++) counts[trimap.data[i]!]![truth.data[i] as 0 | 1]++;
    const [wrongCell, rightCell] = counts[1]!;
    const [rightBackground, wrongBackground] = counts[0]!;
    expect(rightCell / (rightCell + wrongCell)).toBeGreaterThan(0.95);
    expect(rightBackground / (rightBackground + wrongBackground)).toBeGreaterThan(0.97);
    expect(counts[255]![0] + counts[255]![1]).toBeGreaterThan(0);
    expect(mask.data.every((v, i) => (v === 1 ? trimap.data[i] !== 0 : trimap.data[i] !== 1))).toBe(true);
  });

  it('flags a picture that cells cover altogether and decides nothing in it', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 6, confluent: true });
    const { mask, trimap, quality } = makeMask(
      measureBackground(image, { modality: 'transmitted' }),
      defaultForegroundParameters('transmitted'),
    );
    expect(quality.confluent).toBe(true);
    expect(quality.warnings[0]).toContain('No background');
    expect(mask.data.every((v) => v === 0)).toBe(true);
    expect(trimap.data.every((v) => v === 255)).toBe(true);
  });

  it('finds nothing in an empty picture and says so', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 7, cells: 0 });
    const { quality } = makeMask(
      measureBackground(image, { modality: 'transmitted' }),
      defaultForegroundParameters('transmitted'),
    );
    expect(quality).toMatchObject({ objects: 0, coverage: 0, confluent: false });
    expect(quality.warnings).toEqual(['No cells found.']);
  });

  it('gives in a region what the whole picture gives there', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 8, size: 256, cells: 20 });
    const parameters = { ...defaultForegroundParameters('transmitted'), minObjectArea: 0, maxHoleArea: 0 };
    const background = measureBackground(image, { modality: 'transmitted' });
    const whole = makeMask(background, parameters);
    const region = { x: 60, y: 40, width: 100, height: 90 };
    const part = makeMask(background, parameters, region);
    expect(part.mask).toMatchObject({ width: 100, height: 90 });
    for (let y = 0; y < region.height; y++) {
      for (let x = 0; x < region.width; x++) {
        const i = (y + region.y) * 256 + x + region.x;
        expect(part.mask.data[y * 100 + x]).toBe(whole.mask.data[i]);
        expect(part.trimap.data[y * 100 + x]).toBe(whole.trimap.data[i]);
      }
    }
  });

  it('covers less where the sensitivity asks for more contrast', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 9 });
    const background = measureBackground(image, { modality: 'transmitted' });
    const coverages = [2, 18, 20].map((sensitivity) => {
      const parameters = { ...defaultForegroundParameters('transmitted'), sensitivity };
      return makeMask(background, parameters).quality.coverage;
    });
    expect(coverages[0]!).toBeGreaterThan(coverages[1]!);
    expect(coverages[1]!).toBeGreaterThan(coverages[2]!);
  });

  it('refuses parameters that the background was not measured for, and regions outside', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1 });
    const background = measureBackground(image, { modality: 'transmitted' });
    const parameters = defaultForegroundParameters('transmitted');
    expect(() => makeMask(background, { ...parameters, deviationSigma: 3 })).toThrow('deviationSigma is 3');
    expect(() => makeMask(background, { ...parameters, feature: 'intensity' })).toThrow(
      'feature is intensity',
    );
    expect(() => makeMask(background, parameters, { x: 150, y: 0, width: 50, height: 10 })).toThrow(
      'region 50×10 at 150,0 leaves the picture of 192×192',
    );
  });

  it('survives flat, black and tiny pictures', () => {
    for (const modality of modalities) {
      const channels = modality === 'stained' ? 3 : 1;
      for (const [size, value] of [
        [40, 0],
        [40, 255],
        [1, 7],
      ] as const) {
        const data = new Float32Array(size * size * channels).fill(value);
        const background = measureBackground({ width: size, height: size, channels, data }, { modality });
        const { quality } = makeMask(background, defaultForegroundParameters(modality));
        expect(quality.objects).toBe(0);
        expect(background.illumination.data.every(Number.isFinite)).toBe(true);
      }
    }
  });
});
