import { expect, it } from 'vitest';
import { lookRows, newestSamples } from './picture-rows.ts';

const picture = (step: number, position: number) => ({
  step,
  position,
  pictureUrl: `p${position}`,
  labelsUrl: `l${position}`,
  predictionUrl: `f${step}-${position}`,
});

it('keeps the first and the last look, and few between', () => {
  const { steps } = lookRows(Array.from({ length: 21 }, (_, i) => picture(100 * (i + 1), 0)));
  expect(steps).toEqual([100, 600, 1100, 1600, 2100]);
});

it('gives every mixture that is not trained on a row of its own, with a gap where it was not looked at', () => {
  const { steps, rows } = lookRows([picture(2, 0), picture(2, 1), picture(4, 1)]);
  expect(steps).toEqual([2, 4]);
  expect(rows.map(({ found }) => found)).toEqual([
    ['f2-0', null],
    ['f2-1', 'f4-1'],
  ]);
});

it('shows the newest mixtures alone', () => {
  expect(
    newestSamples([picture(1, 0), picture(9, 1), picture(9, 0)]).map(({ position }) => position),
  ).toEqual([0, 1]);
});
