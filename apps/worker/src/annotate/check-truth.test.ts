import { describe, expect, it } from 'vitest';
import { demandInstances, demandKnownClasses, demandSize } from './check-truth.ts';

const map = { width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 255, 2, 0) };
const labels = { width: 3, height: 2, data: Int32Array.of(0, 1, 1, 70_000, 2, 0) };

describe('a map that is to be the truth', () => {
  it('has the size of its image', () => {
    const expected = { file: 'm.png', image: 'a.tif', width: 3, height: 2 };
    expect(() => demandSize(map, expected)).not.toThrow();
    expect(() => demandSize(map, { ...expected, width: 2, height: 3 })).toThrow(
      '"m.png" is 3 × 2, its image "a.tif" is 2 × 3',
    );
  });

  it('holds known values, background and what is ignored', () => {
    expect(() => demandKnownClasses(map, new Set([1, 2]), 'm.png')).not.toThrow();
    expect(() => demandKnownClasses(map, new Set([1]), 'm.png')).toThrow('the value 2 at x 1, y 1');
    const nothing = { ...map, data: Uint8Array.of(0, 0, 255, 255, 0, 0) };
    expect(() => demandKnownClasses(nothing, new Set([1]), 'm.png')).toThrow('background alone');
  });

  it('holds the objects that are named', () => {
    expect(() => demandInstances(labels, [1, 70_000], 'm.tif')).not.toThrow();
    expect(() => demandInstances(labels, [3], 'm.tif')).toThrow('no object 3');
    expect(() => demandInstances({ ...labels, data: new Int32Array(6) }, [], 'm.tif')).toThrow('background');
  });
});
