import { createRandom, type FloatImage, gaussian } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../contracts.ts';
import { confusion } from '../confusion.ts';
import { backgroundPatches, backgroundProbe } from './background-probe.ts';
import { canvasSwap, swapCanvas } from './canvas-swap.ts';
import { fitLogisticRegression } from './logistic-regression.ts';
import { nullSplit } from './null-split.ts';
import { selfMix } from './self-mix.ts';
import { titration, titrationFractions } from './titration.ts';

const SIZE = 96;

/** A cell of `type` in the corner, noise of the given deviation and blur everywhere else. */
function sample(type: number, types: number, deviation: number, blur: number, seed: number): Sample {
  const random = createRandom(seed);
  const noise = gaussian(
    {
      width: SIZE,
      height: SIZE,
      data: Float32Array.from({ length: SIZE * SIZE }, () => random.normal() * deviation),
    },
    blur,
  );
  const foreground = new Float32Array(SIZE * SIZE);
  const target = new Float32Array(types * SIZE * SIZE);
  for (let y = 0; y < 20; y++) foreground.fill(1, y * SIZE, y * SIZE + 20);
  target.fill(1, type * SIZE * SIZE, (type + 1) * SIZE * SIZE);
  return {
    size: SIZE,
    image: noise.data,
    foreground,
    types: target,
    weight: new Float32Array(SIZE * SIZE).fill(1),
  };
}

describe('backgroundProbe', () => {
  it('finds types whose background has another noise', () => {
    const patches = Array.from({ length: 30 }, (_, i) =>
      backgroundPatches(sample(i % 2, 2, i % 2 ? 0.05 : 0.07, 0.5, i), `s${i}`),
    ).flat();
    expect(patches).toHaveLength(30 * 8);
    const probe = backgroundProbe(patches, 2);
    expect(probe.balancedAccuracy).toBeGreaterThan(0.95);
    expect(probe).toMatchObject({ chance: 0.5, patches: 240, groups: 30 });
  });

  it('stays at chance where background tells nothing', () => {
    const patches = Array.from({ length: 60 }, (_, i) =>
      backgroundPatches(sample(i % 3, 3, 0.05, 0.5, i), `s${i}`),
    ).flat();
    const { balancedAccuracy } = backgroundProbe(patches, 3);
    expect(balancedAccuracy).toBeGreaterThan(0.2);
    expect(balancedAccuracy).toBeLessThan(0.47);
  });

  it('takes no patch that holds cells or ignored pixels', () => {
    const ignored = sample(0, 2, 0.05, 0.5, 1);
    ignored.weight[95 * SIZE + 95] = 0;
    expect(backgroundPatches(ignored, 'a')).toHaveLength(7);
    const empty = { ...ignored, foreground: new Float32Array(SIZE * SIZE) };
    expect(backgroundPatches(empty, 'a')).toHaveLength(0);
  });

  it('refuses fewer samples than folds', () => {
    expect(() => backgroundProbe(backgroundPatches(sample(0, 2, 1, 1, 1), 'a'), 2)).toThrow(/5 folds/);
  });
});

describe('fitLogisticRegression', () => {
  it('parts three clouds and gives a rare class its due', () => {
    const random = createRandom(4);
    const centres = [
      [0, 0],
      [3, 0],
      [0, 30],
    ];
    const labels = Array.from({ length: 200 }, (_, i) => (i < 120 ? 0 : i < 190 ? 1 : 2));
    const rows = labels.map((label) => [
      centres[label]![0]! + random.normal() * 0.5,
      centres[label]![1]! + random.normal() * 5,
    ]);
    const model = fitLogisticRegression(rows, labels, 3);
    const right = rows.filter((row, i) => model.predict(row) === labels[i]).length;
    expect(right / rows.length).toBeGreaterThan(0.97);
    expect(model.predict([0, 40])).toBe(2);
  });
});

describe('selfMix', () => {
  it('is the share of a line’s own foreground that gets a second type', () => {
    const map = (...data: number[]) => ({ width: data.length, height: 1, data: Uint8Array.from(data) });
    const counted = confusion(map(2, 2, 2, 2, 2, 0, 0), map(2, 2, 2, 1, 0, 1, 0), 2);
    expect(selfMix([counted], 2)).toEqual({ strayed: 0.25, found: 0.8 });
  });
});

describe('nullSplit', () => {
  const pictures = ['a1', 'a2', 'b1', 'c1', 'c2', 'd1', 'd2'];
  const wellOf = (name: string) => name.charAt(0);

  it('trains on two wells and tests on the others', () => {
    const split = nullSplit(pictures, wellOf, 1);
    const [first, second] = split.training.map((part) => new Set(part.map(wellOf)));
    const tested = new Set(split.test.flat().map(wellOf));
    expect([first?.size, second?.size]).toEqual([1, 1]);
    expect([...tested].some((well) => first?.has(well) || second?.has(well))).toBe(false);
    expect([...split.training.flat(), ...split.test.flat()].toSorted()).toEqual(pictures);
    expect(nullSplit(pictures, wellOf, 1)).toEqual(split);
  });

  it('needs three wells', () => {
    expect(() => nullSplit(['a1', 'a2', 'b1'], wellOf, 1)).toThrow(/three wells/);
  });
});

describe('swapCanvas', () => {
  it('keeps the cells, shows the canvas far from them and blends between', () => {
    const size = 64;
    const cells: FloatImage = { width: size, height: 1, channels: 1, data: new Float32Array(size).fill(1) };
    const canvas: FloatImage = { ...cells, data: new Float32Array(size).fill(-1) };
    const mask = { width: size, height: 1, data: new Uint8Array(size).fill(1, 0, 20) };
    const { data } = swapCanvas(cells, mask, canvas, 2);
    expect([...data.subarray(0, 20)].every((value) => value === 1)).toBe(true);
    expect(data[22]).toBeGreaterThan(-1);
    expect(data[22]).toBeLessThan(1);
    expect(data[40]).toBe(-1);
  });

  it('reports the drop of accuracy', () => {
    const map = (...data: number[]) => ({ width: data.length, height: 1, data: Uint8Array.from(data) });
    const own = confusion(map(1, 1), map(1, 1), 1);
    const swapped = confusion(map(1, 1), map(1, 0), 1);
    expect(canvasSwap([own], [swapped])).toEqual({ own: 1, swapped: 0.5, drop: 0.5 });
  });
});

describe('titration', () => {
  it('finds slope and offset of a biased measurement', () => {
    const points = titrationFractions.map((truth) => ({ truth, found: 0.1 + 0.8 * truth }));
    const line = titration(points);
    expect(line.slope).toBeCloseTo(0.8, 12);
    expect(line.intercept).toBeCloseTo(0.1, 12);
    expect(line.rSquared).toBeCloseTo(1, 12);
    expect(line.largestError).toBeCloseTo(0.1, 12);
    expect(line.n).toBe(11);
  });
});
