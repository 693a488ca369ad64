import { describe, expect, it } from 'vitest';
import { fitCamera, keepInside, panBy, pictureAt } from './camera.ts';

const view = { width: 832, height: 432 };

describe('the camera', () => {
  it('fits the whole picture with a margin', () => {
    expect(fitCamera({ width: 1600, height: 400 }, view)).toEqual({ x: 800, y: 200, zoom: -1 });
    const camera = fitCamera({ width: 1600, height: 400 }, view);
    expect(pictureAt(camera, view, 16, 216)).toEqual({ x: 0, y: 200 });
  });

  it('enlarges tiny pictures eight times at most', () => {
    expect(fitCamera({ width: 2, height: 2 }, view).zoom).toBe(3);
  });

  it('moves by what is seen, not by the picture’s pixels', () => {
    expect(panBy({ x: 100, y: 100, zoom: 1 }, 64, -64)).toEqual({ x: 132, y: 68, zoom: 1 });
  });

  it('stays on the picture and within sensible sizes', () => {
    const kept = keepInside({ x: -5, y: 1e9, zoom: 99 }, { width: 1600, height: 400 }, view);
    expect(kept).toEqual({ x: 0, y: 400, zoom: 6 });
    expect(keepInside({ ...kept, zoom: -99 }, { width: 1600, height: 400 }, view).zoom).toBe(-2);
  });
});
