import { describe, expect, it } from 'vitest';
import type { Calibration, Modality } from '../contracts.ts';
import { drawPicture } from '../foreground/testing/drawn-picture.ts';
import { calibrateImage, workingScaleOf } from './calibrate-image.ts';

function calibrationOf(modality: Modality, change: Partial<Calibration> = {}): Calibration {
  const channels = modality === 'stained' ? 3 : 1;
  return {
    modality,
    channels,
    cellDiameterPx: 27,
    workingScale: 1,
    pixelSizeUm: null,
    intensityScale: Array.from({ length: channels }, () => 1),
    noise: 0.01,
    ...change,
  };
}

describe('calibrateImage', () => {
  it.each(['transmitted', 'stained', 'fluorescence'] as const)(
    'brings the background of a %s picture to 0 everywhere, crowded or not',
    (modality) => {
      for (const cells of [4, 14, 26]) {
        const { image, truth } = drawPicture({ modality, seed: cells, cells });
        const { data, width } = calibrateImage(image, calibrationOf(modality));
        const unit = modality === 'fluorescence' ? 128 : 1;
        for (const [x0, x1] of [
          [0, width / 2],
          [width / 2, width],
        ] as const) {
          let sum = 0;
          let count = 0;
          for (let i = 0; i < truth.data.length; i++) {
            const x = i % width;
            if (x < x0 || x >= x1 || truth.data[i] === 1) continue;
            sum += data[i]!;
            count++;
          }
          expect(Math.abs(sum / count / unit)).toBeLessThan(0.05);
        }
      }
    },
  );

  it('does not let cells pass for light where they are many', () => {
    const sparse = drawPicture({ modality: 'stained', seed: 3, cells: 3 });
    const dense = drawPicture({ modality: 'stained', seed: 3, cells: 30 });
    const depthOf = ({ image, truth }: typeof dense) => {
      const { data } = calibrateImage(image, calibrationOf('stained'));
      const size = truth.data.length;
      const green = data.subarray(size, 2 * size).filter((_, i) => truth.data[i] === 1);
      return green.reduce((a, b) => a + b, 0) / green.length;
    };
    expect(depthOf(dense) / depthOf(sparse)).toBeGreaterThan(0.9);
    expect(depthOf(dense) / depthOf(sparse)).toBeLessThan(1.1);
  });

  it('stays finite and centred where cells cover everything', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1, confluent: true });
    const { data } = calibrateImage(image, calibrationOf('transmitted'));
    expect(Math.abs(data.reduce((a, b) => a + b, 0) / data.length)).toBeLessThan(0.02);
  });

  it('divides each channel by its own scale and resamples to the working scale', () => {
    const { image } = drawPicture({ modality: 'stained', seed: 1 });
    const plain = calibrateImage(image, calibrationOf('stained'));
    const scaled = calibrateImage(image, calibrationOf('stained', { intensityScale: [1, 2, 4] }));
    const size = image.width * image.height;
    expect(scaled.data[5]).toBeCloseTo(plain.data[5]!, 6);
    expect(scaled.data[size + 5]).toBeCloseTo(plain.data[size + 5]! / 2, 6);
    expect(scaled.data[2 * size + 5]).toBeCloseTo(plain.data[2 * size + 5]! / 4, 6);
    expect(calibrateImage(image, calibrationOf('stained', { workingScale: 0.5 }))).toMatchObject({
      width: 96,
      height: 96,
      channels: 3,
    });
  });

  it('rescales pictures of another pixel size', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1 });
    const calibration = calibrationOf('transmitted', { workingScale: 0.5, pixelSizeUm: 0.5 });
    expect(calibrateImage(image, calibration, { pixelSizeUm: 0.25 }).width).toBe(48);
    expect(calibrateImage(image, calibration, { pixelSizeUm: 1 }).width).toBe(192);
    expect(workingScaleOf(calibration, null)).toBe(0.5);
  });

  it('leaves the native picture as it was', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1 });
    const before = image.data.slice();
    calibrateImage(image, calibrationOf('transmitted', { intensityScale: [0.3] }));
    expect(image.data).toEqual(before);
  });

  it('refuses a picture of other channels', () => {
    const { image } = drawPicture({ modality: 'transmitted', seed: 1 });
    expect(() => calibrateImage(image, calibrationOf('stained'))).toThrow(
      'the picture has 1 channels, the calibration 3',
    );
  });
});
