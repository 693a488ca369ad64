import { createRandom } from '@cellmixer/pixels';
import { expect, it } from 'vitest';
import { localMaximum } from './local-maximum.ts';

it.each([1, 2, 3, 4, 6])('is the largest value of the square of radius %i, edges included', (radius) => {
  const random = createRandom(radius);
  const [width, height] = [17, 11];
  const data = Float32Array.from({ length: width * height }, () => random.normal());
  const { data: found } = localMaximum({ width, height, data }, radius);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          most = Math.max(most, data[v * width + u]!);
        }
      }
      expect(found[y * width + x]).toBe(most);
    }
  }
});
