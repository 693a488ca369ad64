import { describe, expect, it } from 'vitest';
import { labelsInside } from './lasso.ts';

// Two objects of 2 × 2 and one that reaches over the whole width below.
const data = [1, 1, 0, 2, 2, 1, 1, 0, 2, 2, 3, 3, 3, 3, 3];
const window = { width: 5, height: 3, data, left: 100, top: 50, scale: 1 };

describe('labelsInside', () => {
  it('takes what lies inside, by positions of the full resolution', () => {
    expect(
      labelsInside(window, [
        [99, 49],
        [102.5, 49],
        [102.5, 52],
        [99, 52],
      ]),
    ).toEqual([1]);
  });

  it('takes an object by more than half of it', () => {
    expect(
      labelsInside(window, [
        [99, 49],
        [103, 49],
        [103, 54],
        [99, 54],
      ]),
    ).toEqual([1, 3]);
    expect(
      labelsInside(window, [
        [99, 49],
        [102, 49],
        [102, 54],
        [99, 54],
      ]),
    ).toEqual([1]);
  });

  it('follows an outline that bends inwards', () => {
    // Beside the middle of the third object, which the outline leaves out.
    const bent = [
      [99, 49],
      [106, 49],
      [106, 53],
      [104.2, 53],
      [104.2, 52],
      [100.8, 52],
      [100.8, 53],
      [99, 53],
    ] as const;
    expect(labelsInside(window, bent)).toEqual([1, 2]);
  });

  it('counts reduced levels in the picture’s own pixels', () => {
    const coarse = { ...window, left: 0, top: 0, scale: 4 };
    expect(
      labelsInside(coarse, [
        [12, 0],
        [20, 0],
        [20, 8],
        [12, 8],
      ]),
    ).toEqual([2]);
  });
});
