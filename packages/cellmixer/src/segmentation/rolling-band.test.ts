import { createRandom } from '@cellmixer/pixels';
import { expect, it } from 'vitest';
import { RollingBand } from './rolling-band.ts';
import { planTiles } from './tiles.ts';

it.each([
  [300, 410],
  [100, 333],
  [333, 100],
  [120, 90],
  [117, 90],
])(
  'blends tiles of %i×%i px as one large weighted sum does, while it forgets finished rows',
  (width, height) => {
    const plan = planTiles(width, height, 8, { tileSize: 96, overlap: 16 });
    const random = createRandom(1);
    const channels = 2;
    const size = plan.x.size * plan.y.size;
    const context = 20;
    const band = new RollingBand(plan, channels, context);
    const expected = new Float64Array(channels * width * height);
    const finished = new Float64Array(channels * width * height);
    plan.y.starts.forEach((top, row) => {
      plan.x.starts.forEach((left, column) => {
        const planes = Float32Array.from({ length: channels * size }, () => random.next());
        band.add(column, row, planes, 0);
        for (let c = 0; c < channels; c++) {
          for (let y = 0; y < plan.y.size && top + y < height; y++) {
            for (let x = 0; x < plan.x.size && left + x < width; x++) {
              const weight = plan.x.weights[column]![x]! * plan.y.weights[row]![y]!;
              expected[(c * height + top + y) * width + left + x]! +=
                weight * planes[c * size + y * plan.x.size + x]!;
            }
          }
        }
      });
      const ready = plan.y.starts[row + 1] ?? height;
      for (let c = 0; c < channels; c++) {
        finished.set(band.rows(c, band.top, ready), (c * height + band.top) * width);
      }
      band.dropAbove(Math.max(band.top, ready - context));
    });
    const largest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - finished[i]!)), 0);
    expect(largest).toBeLessThan(1e-6);
  },
);
