import { describe, expect, it } from 'vitest';
import { compositionPoints, samplesOf, seededError } from './composition-points.ts';

const share = (name: string, fraction: number | null, seededFraction: number | null) => ({
  name,
  cells: 10,
  fraction,
  low: 0,
  high: 1,
  seededFraction,
});
const group = (sampleName: string | null, well: string | null, fraction: number | null) => ({
  imageName: 'field.tif',
  sampleName,
  plate: 'P1',
  well,
  replicate: null,
  treatment: null,
  dose: null,
  doseUnit: null,
  timePoint: null,
  images: 1,
  composition: {
    cells: 20,
    unassignedCells: 1,
    classes: [share('A', fraction, 0.5), share('B', fraction, null)],
  },
});

describe('samples of a run', () => {
  it('stand in the order of their wells, as people count', () => {
    const samples = samplesOf([group('x', 'B10', 0.5), group('y', 'B2', 0.5)]);
    expect(samples.map(({ name }) => name)).toEqual(['y', 'x']);
  });

  it('have names of their own, images without a sample too', () => {
    const samples = samplesOf([group(null, 'A1', 0.5), group(null, 'A2', 0.5)]);
    expect(samples.map(({ name }) => name)).toEqual(['field.tif', 'field.tif (2)']);
  });

  it('without cells are not drawn', () => {
    expect(compositionPoints(samplesOf([group('x', 'A1', null)]))).toEqual([]);
  });
});

describe('the distance from what was seeded', () => {
  it('is of the points where it was written down', () => {
    expect(seededError(compositionPoints(samplesOf([group('x', 'A1', 0.7)])))).toBeCloseTo(0.2);
  });

  it('is not told where nothing was', () => {
    const points = compositionPoints(samplesOf([group('x', 'A1', 0.7)]));
    expect(seededError(points.map((point) => ({ ...point, seeded: null })))).toBeNull();
  });
});
