import { expect, it } from 'vitest';
import type { SampleComposition } from './composition-points.ts';
import { meansOf, seriesOf } from './series-points.ts';

const sample = (fraction: number | null, place: Partial<SampleComposition>) =>
  ({
    treatment: null,
    dose: null,
    doseUnit: null,
    timePoint: null,
    classes: [{ name: 'A', fraction, low: 0, high: 1 }],
    ...place,
  }) as unknown as SampleComposition;
const dose = (treatment: string, dose: number, fraction: number | null = 0.5, doseUnit = 'µM') =>
  sample(fraction, { treatment, dose, doseUnit });

it('draws a treatment where it was given in two doses or more, each unit by itself', () => {
  const found = seriesOf([
    dose('X', 0),
    dose('X', 1),
    dose('Y', 1),
    dose('Z', 1, 0.5, 'nM'),
    dose('Z', 2, 0.5, 'nM'),
  ]);
  expect(
    found.map(({ over, unit, points }) => [over, unit, points.map(({ treatment }) => treatment)]),
  ).toEqual([
    ['dose', 'µM', ['X', 'X']],
    ['dose', 'nM', ['Z', 'Z']],
  ]);
});

it('draws over the time where there are several times', () => {
  const at = (timePoint: number) => sample(0.5, { timePoint });
  expect(seriesOf([at(0), at(24)]).map(({ over, unit }) => [over, unit])).toEqual([['time', 'h']]);
  expect(seriesOf([at(24), at(24)])).toEqual([]);
});

it('leaves out samples without cells, and goes through the mean of the others', () => {
  const [series] = seriesOf([dose('X', 1, 0.2), dose('X', 1, 0.4), dose('X', 0, 0.6), dose('X', 3, null)]);
  expect(meansOf(series?.points ?? [])).toEqual([
    { className: 'A', treatment: 'X', at: 0, mean: 0.6 },
    { className: 'A', treatment: 'X', at: 1, mean: expect.closeTo(0.3) },
  ]);
});
