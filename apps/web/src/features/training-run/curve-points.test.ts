import { describe, expect, it } from 'vitest';
import { curvesCsv, lossPoints, scorePoints } from './curve-points.ts';

const metrics = Array.from({ length: 40 }, (_, i) => ({
  step: i + 1,
  loss: i < 20 ? 4 : 2,
  miou: i % 20 === 19 ? i / 100 : null,
}));
const runs = [{ name: 'a', metrics }];

describe('curves', () => {
  it('smooth the loss over the steps before, never after', () => {
    const points = lossPoints(runs);
    expect(points.map(({ value }) => value)).toEqual([
      ...Array(20).fill(4),
      ...Array.from({ length: 20 }, (_, i) => 4 - (2 * (i + 1)) / 20),
    ]);
  });

  it('show a score where there was a look', () => {
    expect(scorePoints(runs)).toEqual([
      { run: 'a', step: 20, value: 0.19 },
      { run: 'a', step: 40, value: 0.39 },
    ]);
  });

  it('leave for a spreadsheet with every point', () => {
    const rows = curvesCsv(runs).trimEnd().split('\r\n');
    expect(rows).toHaveLength(41);
    expect(rows[1]).toBe('a,1,4,');
    expect(rows[20]).toBe('a,20,4,0.19');
  });
});
