import { describe, expect, it } from 'vitest';
import { chooseScaleBar } from './scale-bar.ts';

describe('chooseScaleBar', () => {
  it.each([
    [1, 0.65, '100 µm', 153.85],
    [0.05, 0.65, '2 mm', 153.85],
    [64, 0.1, '200 nm', 128],
    [1, 1, '100 µm', 100],
    [0.01, 1, '1 cm', 100],
  ])('at %d CSS pixels per pixel of %d µm takes %s', (scale, size, label, length) => {
    const bar = chooseScaleBar(scale, size);
    expect(bar.label).toBe(label);
    expect(bar.length).toBeCloseTo(length, 1);
  });

  it('counts pixels where their size is unknown', () => {
    expect(chooseScaleBar(0.5, null)).toEqual({ label: '200 px', length: 100 });
  });
});
