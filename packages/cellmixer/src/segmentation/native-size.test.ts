import { expect, it } from 'vitest';
import { discPredictor, drawDiscs } from './disc-picture.ts';
import { atNativeSize } from './native-size.ts';
import { segmentImage } from './segment-image.ts';

it('brings maps and cells to the native size in one coordinate system', async () => {
  const picture = drawDiscs({ width: 120, height: 90, count: 12, types: 2, seed: 3 });
  const working = await segmentImage(picture.image, {
    predictor: discPredictor(2),
    types: ['A', 'B'],
    calibration: { cellDiameterPx: 54, workingScale: 0.5 },
    options: { uncertainty: true },
  });
  const native = atNativeSize(working, 240, 180);
  expect([native.instances.width, native.classMap.height, native.uncertainty?.width]).toEqual([
    240, 180, 240,
  ]);
  for (const cell of native.cells) {
    let area = 0;
    let sumX = 0;
    for (let i = 0; i < native.instances.data.length; i++) {
      if (native.instances.data[i] !== cell.label) continue;
      area++;
      sumX += i % 240;
    }
    expect(area).toBe(cell.area);
    expect(sumX / area).toBeCloseTo(cell.centroidX, 9);
  }
  const areas = native.composition.types.reduce((sum, share) => sum + share.area, 0);
  expect(areas).toBe(native.cells.reduce((sum, cell) => sum + cell.area, 0));
});
