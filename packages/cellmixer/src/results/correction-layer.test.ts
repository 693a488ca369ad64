import { describe, expect, it } from 'vitest';
import { correctClassMap, countCorrected, parseLayer } from './correction-layer.ts';

// Two columns of each of four cells, and one of background.
const cells = { width: 9, height: 1, data: Int32Array.from([1, 1, 2, 2, 3, 3, 4, 4, 0]) };
const found = { width: 9, height: 1, data: Uint8Array.from([1, 1, 1, 2, 2, 2, 1, 1, 0]) };
const layer = parseLayer({ 1: 2, 2: -1, 3: 0 });

describe('corrections over a prediction', () => {
  it('give every pixel of a cell what people say of it, and leave the others and the prediction alone', () => {
    const before = found.data.slice();
    expect([...correctClassMap(found, cells, layer).data]).toEqual([2, 2, 0, 0, 0, 0, 1, 1, 0]);
    expect(found.data).toEqual(before);
  });

  it('are counted as they are drawn', () => {
    const types = [1, 1, 2, 1];
    const list = types.map((type, i) => ({ label: i + 1, type, area: 2 }));
    expect(countCorrected(list, layer, 2)).toEqual([
      { position: 0, cells: 1, area: 2 },
      { position: 1, cells: 1, area: 2 },
      { position: 2, cells: 1, area: 2 },
    ]);
  });

  it('fit maps of the same size alone', () => {
    expect(() => correctClassMap({ ...found, width: 3, height: 3 }, cells, layer)).toThrow(/3 × 3.*9 × 1/);
  });
});
