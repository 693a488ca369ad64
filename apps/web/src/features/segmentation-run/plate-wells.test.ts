import { expect, it } from 'vitest';
import type { SampleComposition } from './composition-points.ts';
import { placeOf, platesOf, rowName } from './plate-wells.ts';

const sample = (name: string, well: string | null, cells: readonly number[], plate: string | null = 'P1') =>
  ({
    name,
    well,
    plate,
    cells: cells.reduce((a, b) => a + b, 0),
    classes: cells.map((count) => ({ cells: count })),
  }) as unknown as SampleComposition;

it.each([
  ['C7', { row: 2, column: 6 }],
  ['c07', { row: 2, column: 6 }],
  ['AA12', { row: 26, column: 11 }],
  ['7C', null],
  ['A0', null],
  ['left dish', null],
])('reads the well %s', (well, place) => {
  expect(placeOf(well)).toEqual(place);
});

it('names rows as plates do', () => {
  expect([0, 25, 26, 31].map(rowName)).toEqual(['A', 'Z', 'AA', 'AF']);
});

it('draws the smallest plate that holds all wells, each plate by itself', () => {
  const plates = platesOf([
    sample('a', 'B2', [1, 1]),
    sample('b', 'C9', [1, 1]),
    sample('c', 'A1', [1, 0], 'P2'),
    sample('d', null, [5, 5]),
  ]);
  expect(plates.map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
    ['P1', 8, 12],
    ['P2', 2, 3],
  ]);
});

it('adds up what samples of one well hold, cell by cell', () => {
  const [plate] = platesOf([sample('0 h', 'A1', [30, 10]), sample('24 h', 'A01', [10, 50])]);
  expect(plate?.wells).toMatchObject([
    { name: 'A1', cells: 100, shares: [0.4, 0.6], samples: ['0 h', '24 h'] },
  ]);
});
