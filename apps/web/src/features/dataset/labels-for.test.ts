import { describe, expect, it } from 'vitest';
import { labelsFor } from './labels-for.ts';

const images = [
  { id: '1', name: 'A172_C7_1.ome.tif' },
  { id: '2', name: 'A172_C8.png' },
];

describe('labels', () => {
  it('put all into one sample where it has a name', () => {
    expect(labelsFor(images, ['line'], { sample: 'Well C', replicate: 'r1' })).toEqual([
      { sample: 'Well C', images: ['1', '2'], cellLines: ['line'], replicate: 'r1' },
    ]);
  });

  it('put the time points of a file into one sample', () => {
    const series = [1, 2].map((n) => ({ id: `${n}`, name: `A172_C7.ome.tif · t ${n}` }));
    expect(labelsFor(series, ['line'], { sample: '', replicate: '' })).toEqual([
      { sample: 'A172_C7', images: ['1', '2'], cellLines: ['line'] },
    ]);
  });

  it('make a sample for each picture where it has none', () => {
    expect(labelsFor(images, ['a', 'b'], { sample: '', replicate: '' })).toEqual([
      { sample: 'A172_C7_1', images: ['1'], cellLines: ['a', 'b'] },
      { sample: 'A172_C8', images: ['2'], cellLines: ['a', 'b'] },
    ]);
  });
});
