import { distanceTransform, regionProperties } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { CELL_AREA, type DemoLine, demoLines } from './demo-line.ts';
import { type DrawnPicture, drawCulture } from './draw-culture.ts';
import { drawMixture } from './draw-mixture.ts';

const WELLS = 24;
const pictures = new Map(
  demoLines.map((line) => [
    line,
    Array.from({ length: WELLS }, (_, well) =>
      drawCulture({ line, well, field: 0, seed: 11, width: 320, height: 240 }),
    ),
  ]),
);
const pairs: readonly (readonly [DemoLine, DemoLine])[] = [
  ['cobble', 'spindle'],
  ['cobble', 'star'],
  ['spindle', 'star'],
];

/** Chance that a value of `a` is above one of `b`: 0.5 where the two cannot be told apart. */
function areaUnderCurve(a: readonly number[], b: readonly number[]): number {
  let above = 0;
  for (const x of a) for (const y of b) above += x > y ? 1 : x === y ? 0.5 : 0;
  return above / (a.length * b.length);
}

function compare(measure: (picture: DrawnPicture) => number, a: DemoLine, b: DemoLine): number {
  return areaUnderCurve(pictures.get(a)!.map(measure), pictures.get(b)!.map(measure));
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function deviation(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - middle) ** 2;
  return Math.sqrt(sum / values.length);
}

function coverage({ types }: DrawnPicture): number {
  return mean(Uint8Array.from(types.data, (type) => (type > 0 ? 1 : 0)));
}

/** Areas of the cells that no edge of the picture cuts. */
function wholeCellAreas({ instances }: DrawnPicture): number[] {
  return regionProperties(instances)
    .filter(({ x0, y0, x1, y1 }) => x0 > 0 && y0 > 0 && x1 < instances.width && y1 < instances.height)
    .map((region) => region.area);
}

/** Differences of neighbours on ground far from any cell, as the noise's σ. */
function groundNoise({ image, types }: DrawnPicture): number {
  const ground = { ...types, data: Uint8Array.from(types.data, (type) => (type === 0 ? 1 : 0)) };
  const away = distanceTransform(ground).data;
  const differences: number[] = [];
  for (let i = 1; i < away.length; i++) {
    if (i % image.width !== 0 && away[i]! > 12 && away[i - 1]! > 12) {
      differences.push(image.data[i]! - image.data[i - 1]!);
    }
  }
  return deviation(differences) / Math.SQRT2;
}

/** Mean spread of a cell's pixels relative to a disk of its area: 1 for a disk, more for arms and spindles. */
function outlineSpread({ instances }: DrawnPicture): number {
  const cells = regionProperties(instances);
  const squares = new Float64Array(cells.length + 1);
  for (let i = 0; i < instances.data.length; i++) {
    const label = instances.data[i]!;
    const cell = cells[label - 1];
    if (cell === undefined) continue;
    const dx = (i % instances.width) - cell.centroidX;
    const dy = Math.floor(i / instances.width) - cell.centroidY;
    squares[label] = squares[label]! + dx * dx + dy * dy;
  }
  return mean(cells.map((cell) => (squares[cell.label]! * 2 * Math.PI) / cell.area ** 2));
}

const figureNames = ['mean', 'deviation', 'noise', 'coverage', 'cellArea'] as const;

const figures = new Map(
  demoLines.map((line) => [
    line,
    pictures.get(line)!.map((picture) => ({
      mean: mean(picture.image.data),
      deviation: deviation(picture.image.data),
      noise: groundNoise(picture),
      coverage: coverage(picture),
      cellArea: mean(wholeCellAreas(picture)),
    })),
  ]),
);

describe('the demo cultures', () => {
  it.each(pairs)('cannot be told apart (%s, %s) by a figure of the whole picture', (a, b) => {
    const ofA = figures.get(a)!;
    const ofB = figures.get(b)!;
    for (const name of figureNames) {
      const value = areaUnderCurve(
        ofA.map((each) => each[name]),
        ofB.map((each) => each[name]),
      );
      expect(Math.abs(value - 0.5), `${name}: area under the curve ${value}`).toBeLessThan(0.22);
    }
  });

  it('tells rounded cells from long and armed ones by their outline', () => {
    expect(compare(outlineSpread, 'spindle', 'cobble')).toBe(1);
    expect(compare(outlineSpread, 'star', 'cobble')).toBe(1);
  });

  it('keeps every line at the same size of cells', () => {
    for (const line of demoLines) {
      const inner = pictures.get(line)!.flatMap(wholeCellAreas);
      expect(Math.abs(mean(inner) / CELL_AREA - 1), line).toBeLessThan(0.06);
    }
  });

  it('draws a bright halo around a dark rim', () => {
    for (const line of demoLines) {
      const { image, types } = pictures.get(line)![0]!;
      const cell = { ...types, data: Uint8Array.from(types.data, (type) => (type > 0 ? 1 : 0)) };
      const ground = { ...types, data: cell.data.map((value) => 1 - value) };
      const inside = distanceTransform(cell).data;
      const outside = distanceTransform(ground).data;
      const at = (where: (i: number) => boolean) => mean(image.data.filter((_, i) => where(i)));
      const far = at((i) => outside[i]! > 14);
      expect(
        at((i) => outside[i]! >= 1 && outside[i]! < 3),
        `${line}: halo`,
      ).toBeGreaterThan(far + 5);
      expect(
        at((i) => inside[i] === 1),
        `${line}: rim`,
      ).toBeLessThan(far - 5);
    }
  });

  it('lets cells touch', () => {
    const { instances } = pictures.get('cobble')![0]!;
    const touching = new Set<number>();
    for (let i = 1; i < instances.data.length; i++) {
      const a = instances.data[i - 1]!;
      const b = instances.data[i]!;
      if (i % instances.width !== 0 && a > 0 && b > 0 && a !== b) touching.add(a).add(b);
    }
    expect(touching.size).toBeGreaterThan(3);
  });
});

describe('drawCulture', () => {
  it('gives equal pixels for equal options, and others for another field, well or seed', () => {
    const options = { line: 'star', well: 2, field: 1, seed: 7, width: 128, height: 96 } as const;
    const first = drawCulture(options);
    expect(drawCulture(options)).toEqual(first);
    for (const change of [{ field: 2 }, { well: 3 }, { seed: 8 }]) {
      expect(drawCulture({ ...options, ...change }).image.data).not.toEqual(first.image.data);
    }
  });

  it('marks every cell with its line and nothing else', () => {
    for (const [index, line] of demoLines.entries()) {
      const { instances, types } = drawCulture({ line, well: 0, field: 0, seed: 3, width: 128, height: 96 });
      expect(Array.from(types.data)).toEqual(
        Array.from(instances.data, (label) => (label > 0 ? index + 1 : 0)),
      );
    }
  });

  it('names sizes that it cannot draw', () => {
    expect(() => drawCulture({ line: 'star', well: 0, field: 0, seed: 1, width: 32 })).toThrow('32 × 384');
  });
});

describe('drawMixture', () => {
  it('follows the fractions by area', () => {
    const { types } = drawMixture({ fractions: { cobble: 3, star: 1 }, well: 0, field: 0, seed: 5 });
    const area = [0, 0, 0, 0];
    for (const type of types.data) area[type]! += 1;
    expect(area[2]).toBe(0);
    expect(area[1]! / (area[1]! + area[3]!)).toBeCloseTo(0.75, 1);
  });

  it('names fractions that it cannot follow', () => {
    const field = { well: 0, field: 0, seed: 1 };
    expect(() => drawMixture({ ...field, fractions: {} })).toThrow('fractions are {}');
    expect(() => drawMixture({ ...field, fractions: { cobble: 2, star: -1 } })).toThrow('none below 0');
  });
});
