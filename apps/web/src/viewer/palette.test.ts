import { describe, expect, it } from 'vitest';
import { distanceForAllEyes } from './colour-distance.ts';
import { cividisAt, classColours, coloursOfRun, fillOpacity, rgbOf } from './palette.ts';

describe('coloursOfRun', () => {
  it('gives lines without a colour those of the palette, in its order', () => {
    expect(coloursOfRun(Array(7).fill(null)).map(({ colour }) => colour)).toEqual(classColours);
  });

  it('outlines the two that sink into grey for some eyes', () => {
    const outlined = coloursOfRun(Array(7).fill(null)).filter((one) => one.outlined);
    expect(outlined.map(({ colour }) => colour)).toEqual(['#009E73', '#CC79A7']);
  });

  it('keeps the registry’s colours that all can tell apart', () => {
    expect(coloursOfRun(['#0072b2', '#F0E442'])).toEqual([
      { colour: '#0072B2', outlined: false, substitute: false },
      { colour: '#F0E442', outlined: false, substitute: false },
    ]);
  });

  it('substitutes red beside green, which some cannot tell apart, and keeps the first', () => {
    const [green, red] = coloursOfRun(['#5F8F20', '#A87820']);
    expect(green).toMatchObject({ colour: '#5F8F20', substitute: false });
    expect(red?.substitute).toBe(true);
    expect(distanceForAllEyes('#5F8F20', '#A87820')).toBeLessThan(0.09);
    expect(distanceForAllEyes(green!.colour, red!.colour)).toBeGreaterThan(0.09);
  });

  it('never gives what a later line of the registry has', () => {
    const colours = coloursOfRun([null, '#56B4E9']).map(({ colour }) => colour);
    expect(colours).toEqual(['#E69F00', '#56B4E9']);
  });
});

describe('the first four colours', () => {
  it('stay apart as a fill, however light the cells of each are', () => {
    const greys = [60, 110, 150, 190];
    const over = (colour: string, grey: number) =>
      `#${rgbOf(colour)
        .map((part) => Math.round(fillOpacity * part + (1 - fillOpacity) * grey))
        .map((part) => part.toString(16).padStart(2, '0'))
        .join('')}`;
    const nearest = (a: string, b: string) =>
      Math.min(
        ...greys.flatMap((light) => greys.map((dark) => distanceForAllEyes(over(a, light), over(b, dark)))),
      );
    const first = classColours.slice(0, 4);
    for (const [i, a] of first.entries())
      for (const b of first.slice(i + 1)) expect(nearest(a, b), `${a} and ${b}`).toBeGreaterThan(0.03);
    // Why blue does not stand beside sky blue.
    expect(nearest('#56B4E9', '#0072B2')).toBeLessThan(0.015);
  });
});

describe('cividisAt', () => {
  it('runs from dark blue to yellow', () => {
    expect([cividisAt(0), cividisAt(1)]).toEqual([
      [0, 32, 77],
      [255, 234, 70],
    ]);
  });
});
