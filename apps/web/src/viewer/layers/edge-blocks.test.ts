import { describe, expect, it } from 'vitest';
import { edgeBlocks } from './edge-blocks.ts';

describe('edgeBlocks', () => {
  it('marks the block of an edge and those beside it', () => {
    const map = new Uint8Array(48 * 40);
    map[20 * 48 + 20] = 3;
    const { data, width, height } = edgeBlocks([map, null], 48, 40);
    expect([width, height]).toEqual([6, 5]);
    const rows = Array.from({ length: 5 }, (_, y) => data.slice(6 * y, 6 * y + 6).join(''));
    expect(rows).toEqual(['000000', '011100', '011100', '011100', '000000']);
  });

  it('marks nothing in an even map, also at its border', () => {
    expect(edgeBlocks([new Uint16Array(90).fill(7)], 10, 9).data.some(Boolean)).toBe(false);
  });

  it('sees edges of every map', () => {
    const [classes, objects] = [new Uint8Array(64), new Uint32Array(64)];
    objects[63] = 70_000;
    expect(edgeBlocks([classes, objects], 8, 8).data).toEqual(Uint8Array.of(1));
  });
});
