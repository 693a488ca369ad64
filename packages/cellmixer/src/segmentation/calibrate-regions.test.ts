import { createRandom, type FloatImage } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { calibrateImage } from '../calibration/calibrate-image.ts';
import type { Calibration } from '../contracts.ts';
import { calibrateRegions } from './calibrate-regions.ts';
import { sourceOf } from './calibrated-source.ts';

const calibration: Calibration = {
  modality: 'transmitted',
  channels: 2,
  cellDiameterPx: 40,
  workingScale: 0.6,
  pixelSizeUm: 1,
  intensityScale: [0.2, 0.3],
  noise: 0.05,
};

/** Noise under light that falls off towards a corner, and a few dark discs. */
function picture(width: number, height: number): FloatImage {
  const random = createRandom(5);
  const data = new Float32Array(2 * width * height);
  const discs = Array.from(
    { length: 30 },
    () => [random.uniform(0, width), random.uniform(0, height)] as const,
  );
  for (let i = 0; i < data.length; i++) {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const light = 120 + (60 * x) / width + (30 * y) / height;
    const cell = discs.some(([cx, cy]) => Math.hypot(x - cx, y - cy) < 12);
    data[i] = light * (1 + 0.01 * random.normal() + (cell ? 0.2 * random.uniform(-1, 1) : 0));
  }
  return { width, height, channels: 2, data };
}

describe('calibrateRegions', () => {
  const native = picture(331, 247);

  it('gives any region as calibrating the whole picture does', async () => {
    const whole = calibrateImage(native, calibration);
    const source = await calibrateRegions(sourceOf(native), calibration);
    expect([source.width, source.height]).toEqual([whole.width, whole.height]);
    for (const [x, y, width, height] of [
      [0, 0, whole.width, whole.height],
      [17, 5, 64, 48],
      [whole.width - 1, whole.height - 1, 1, 1],
      [100, 0, whole.width - 100, 31],
    ] as const) {
      const region = await source.readRegion(x, y, width, height);
      let largest = 0;
      for (let i = 0; i < region.data.length; i++) {
        const c = Math.floor(i / (width * height));
        const row = y + (Math.floor(i / width) % height);
        const expected = whole.data[(c * whole.height + row) * whole.width + x + (i % width)]!;
        largest = Math.max(largest, Math.abs(region.data[i]! - expected));
      }
      expect(largest).toBeLessThan(1e-5);
    }
  });

  it('measures the light of a large picture on an overview, as well as on the picture itself', async () => {
    const large = picture(600, 450);
    const whole = calibrateImage(large, calibration);
    const source = await calibrateRegions(sourceOf(large), calibration, { overview: 300 });
    const region = await source.readRegion(0, 0, source.width, source.height);
    let sum = 0;
    for (let i = 0; i < region.data.length; i++) sum += Math.abs(region.data[i]! - whole.data[i]!);
    expect(sum / region.data.length).toBeLessThan(0.02);
  });

  it('enlarges pictures of coarser pixels as calibrating the whole does', async () => {
    const small = picture(80, 70);
    const whole = calibrateImage(small, calibration, { pixelSizeUm: 2.3 });
    const source = await calibrateRegions(sourceOf(small), calibration, { pixelSizeUm: 2.3 });
    const region = await source.readRegion(0, 0, source.width, source.height);
    expect([region.width, region.height]).toEqual([whole.width, whole.height]);
    for (let i = 0; i < region.data.length; i += 7) expect(region.data[i]).toBeCloseTo(whole.data[i]!, 5);
    const part = await source.readRegion(30, 20, 40, 30);
    expect(part.data[0]).toBeCloseTo(whole.data[20 * whole.width + 30]!, 5);
    expect(part.data[30 * 40 - 1]).toBeCloseTo(whole.data[49 * whole.width + 69]!, 5);
  });

  it('rescales a picture of another pixel size', async () => {
    const source = await calibrateRegions(sourceOf(native), calibration, { pixelSizeUm: 0.5 });
    expect([source.width, source.height]).toEqual([99, 74]);
  });

  it('refuses other channels', async () => {
    const one = { ...native, channels: 1, data: native.data.slice(0, 331 * 247) };
    await expect(calibrateRegions(sourceOf(one), calibration)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});
