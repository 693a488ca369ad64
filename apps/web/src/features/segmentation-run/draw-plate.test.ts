import { describe, expect, it } from 'vitest';
import { drawPlate } from './draw-plate.ts';
import { platesOf } from './plate-wells.ts';

const sample = (well: string, fraction: number, plate = 'Plate <1>') => ({
  ...{ name: well, place: '', plate, well, replicate: null, treatment: null, dose: null, doseUnit: null },
  ...{ timePoint: null, images: 1, cells: 200, unassignedCells: 0 },
  classes: [
    { name: 'HeLa', cells: 200 * fraction, fraction, low: 0, high: 1, seededFraction: null },
    {
      name: 'MCF7',
      cells: 200 * (1 - fraction),
      fraction: 1 - fraction,
      low: 0,
      high: 1,
      seededFraction: null,
    },
  ],
});
const shown = { place: 0, name: 'HeLa & co', colour: '#56B4E9' };
const size = { width: 321, fontSize: 9.33 };
const circles = (svg: string) => svg.match(/<circle /g)?.length ?? 0;

describe('a plate as a figure', () => {
  it('has every well in its place, the share of those with pictures as a number and a shade', () => {
    const [plate] = platesOf([sample('B2', 0.25), sample('H12', 1)]);
    if (plate === undefined) throw new Error('no plate');
    const svg = drawPlate(plate, shown, size);
    expect(circles(svg)).toBe(96);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(94);
    expect(svg).toContain('>25</text>');
    expect(svg).toContain('fill="#56B4E9" fill-opacity="0.15"');
    expect(svg).toContain('>H</text>');
  });

  it('writes names so that no sign of them is taken for a mark', () => {
    const [plate] = platesOf([sample('A1', 0.5)]);
    if (plate === undefined) throw new Error('no plate');
    const svg = drawPlate(plate, shown, size);
    expect(svg).toContain('Plate &lt;1&gt;: share of HeLa &amp; co, % of cells');
  });

  it('says what the shades mean where wells are too small for numbers', () => {
    const [plate] = platesOf([sample('P24', 0.5)]);
    if (plate === undefined) throw new Error('no plate');
    const svg = drawPlate(plate, shown, size);
    expect(circles(svg)).toBe(384 + 5);
    expect(svg).toContain('>75</text>');
  });
});
