import { describe, expect, it } from 'vitest';
import type { TensorSource } from '../testing/fixtures.ts';
import { lowerings } from '../testing/lowerings.ts';
import { layerErrors } from '../testing/run-layer.ts';
import { maxPool } from './max-pool.ts';

/** Sixteen channels that are alike: a window, the gradient of its maximum and what must come back. */
function window(x: readonly number[], dy: number, dx: readonly number[]): TensorSource {
  const channels = 16;
  const repeated = (values: readonly number[]): Float32Array =>
    Float32Array.from({ length: channels * values.length }, (_, i) => values[i % values.length]!);
  const tensors: Record<string, { shape: number[]; data: Float32Array }> = {
    x: { shape: [1, channels, 2, 2], data: repeated(x) },
    y: { shape: [1, channels, 1, 1], data: repeated([Math.max(...x)]) },
    'd.y': { shape: [1, channels, 1, 1], data: repeated([dy]) },
    'd.x': { shape: [1, channels, 2, 2], data: repeated(dx) },
  };
  return { tensor: (name) => tensors[name]!, data: (name) => tensors[name]!.data };
}

describe.each(lowerings)('max-pool, $lowering', (choice) => {
  it.each([
    ['all four', window([3, 3, 3, 3], 8, [2, 2, 2, 2])],
    ['two', window([1, 5, 5, 2], 8, [0, 4, 4, 0])],
    ['none', window([-1, -5, -4, -2], 8, [8, 0, 0, 0])],
    ['zeros', window([0, 0, -1, -1], 8, [4, 4, 0, 0])],
  ])('shares the gradient between maxima that tie: %s', async (_name, fixture) => {
    const build: Parameters<typeof layerErrors>[1]['build'] = (context, [x]) => maxPool(context, x!);
    expect(await layerErrors(choice, { fixture, features: ['x'], build })).toEqual({ y: 0, 'd.x': 0 });
  });
});
