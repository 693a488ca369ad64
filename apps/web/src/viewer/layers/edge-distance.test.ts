import { describe, expect, it } from 'vitest';
import { edgeDistance } from './edge-distance.ts';

describe('edgeDistance', () => {
  it('grows from both sides of an edge, by rows, columns and diagonals', () => {
    const map = new Uint8Array(7 * 5);
    map[0] = 3;
    const rows = edgeDistance([map, null], 7, 5);
    expect(Array.from({ length: 5 }, (_, y) => rows.slice(7 * y, 7 * y + 7).join(''))).toEqual([
      '1123456',
      '1223456',
      '2233456',
      '3334456',
      '4444556',
    ]);
  });

  it('is the same all over an even map', () => {
    expect(new Set(edgeDistance([new Uint16Array(90).fill(7)], 10, 9))).toEqual(new Set([15]));
  });

  it('sees the edges of every map', () => {
    const [classes, objects] = [new Uint8Array(64), new Uint32Array(64)];
    objects[63] = 70_000;
    const distance = edgeDistance([classes, objects], 8, 8);
    expect([distance[63], distance[62], distance[0]]).toEqual([1, 1, 8]);
  });
});
