import { createPlane, gaussian, type Plane, resampleArea } from '@cellmixer/pixels';
import { quantileOf } from './sample-values.ts';

/** Values of a block that are looked at. */
const MOST = 500;

/**
 * The q-quantile of blocks of about `side` pixels that tile the picture, smoothed over the neighbouring blocks and
 * enlarged linearly to the size of the picture.
 */
export function wideQuantile(plane: Plane, q: number, side: number): Plane {
  const { width, height, data } = plane;
  const columns = Math.max(1, Math.round(width / side));
  const rows = Math.max(1, Math.round(height / side));
  const grid = createPlane(columns, rows);
  for (let r = 0; r < rows; r++) {
    const y0 = Math.floor((r * height) / rows);
    const y1 = Math.floor(((r + 1) * height) / rows);
    for (let c = 0; c < columns; c++) {
      const x0 = Math.floor((c * width) / columns);
      const x1 = Math.floor(((c + 1) * width) / columns);
      const step = Math.max(1, Math.floor(Math.sqrt(((y1 - y0) * (x1 - x0)) / MOST)));
      const values: number[] = [];
      for (let y = y0; y < y1; y += step) {
        for (let x = x0; x < x1; x += step) values.push(data[y * width + x]!);
      }
      grid.data[r * columns + c] = quantileOf(Float32Array.from(values).sort(), q);
    }
  }
  const smooth = gaussian(grid, 1);
  return { width, height, data: resampleArea({ ...smooth, channels: 1 }, width, height).data };
}
