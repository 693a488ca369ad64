import { describe, expect, it } from 'vitest';
import { laplacianOfGaussianScale } from './log-scale.ts';
import { createRandom } from './random.ts';
import type { Plane } from './raster.ts';

const SIGMAS = Array.from({ length: 16 }, (_, i) => 2 * 1.2 ** i);

/** Soft-edged disks that do not touch, on noise. */
function disks(diameter: number, seed: string, noise = 0.05): Plane {
  const width = 512;
  const height = 400;
  const random = createRandom(seed);
  const data = new Float32Array(width * height);
  const centres: [number, number][] = [];
  for (let tries = 0; tries < 4000 && centres.length < 40; tries++) {
    const x = random.uniform(0, width);
    const y = random.uniform(0, height);
    if (centres.every(([a, b]) => Math.hypot(a - x, b - y) > 1.6 * diameter)) centres.push([x, y]);
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let v = 0;
      for (const [a, b] of centres) {
        v += Math.min(1, Math.max(0, diameter / 2 + 0.5 - Math.hypot(a - x, b - y)));
      }
      data[y * width + x] = v + noise * random.normal();
    }
  }
  return { width, height, data };
}

describe('laplacianOfGaussianScale', () => {
  it.each([12, 20, 30, 45])('finds disks of diameter %d within 10 %', (diameter) => {
    const found = laplacianOfGaussianScale(disks(diameter, 'disks'), SIGMAS);
    expect(Math.abs(found.diameter / diameter - 1)).toBeLessThan(0.1);
    expect(found.curve).toHaveLength(SIGMAS.length);
  });
  it('does not change when the picture is brighter or of more contrast', () => {
    const plane = disks(20, 'contrast');
    const other = { ...plane, data: plane.data.map((v) => 300 + 7 * v) };
    const a = laplacianOfGaussianScale(plane, SIGMAS);
    const b = laplacianOfGaussianScale(other, SIGMAS);
    expect(b.diameter).toBeCloseTo(a.diameter, 2);
  });
  it('refuses scales that do not ascend', () => {
    expect(() => laplacianOfGaussianScale(disks(12, 'x'), [3, 2])).toThrow('must ascend');
  });
});
