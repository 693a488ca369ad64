import { CellMixerError } from '@cellmixer/errors';
import type { PlaneIndex, ReadOptions, Region } from './opened-image.ts';

/** The plane that `options` ask for. Throws INVALID_ARGUMENT where there is none. */
export function choosePlane<P extends PlaneIndex>(
  name: string,
  planes: readonly P[],
  options: ReadOptions,
): P {
  const { time = planes[0]?.time ?? 0, z = planes[0]?.z ?? 0 } = options;
  const plane = planes.find((candidate) => candidate.time === time && candidate.z === z);
  if (plane) return plane;
  const times = new Set(planes.map((candidate) => candidate.time)).size;
  const slices = new Set(planes.map((candidate) => candidate.z)).size;
  throw new CellMixerError('INVALID_ARGUMENT', `"${name}": no plane at time ${time}, z ${z}`, {
    subject: name,
    cure: `It has ${times} time points and ${slices} slices, counted from 0.`,
  });
}

/** The region to read, checked; the whole plane if none is given. */
export function chooseRegion(name: string, width: number, height: number, options: ReadOptions): Region {
  const region = options.region ?? { x: 0, y: 0, width, height };
  const whole = [region.x, region.y, region.width, region.height].every(Number.isInteger);
  const inside =
    region.x >= 0 && region.y >= 0 && region.x + region.width <= width && region.y + region.height <= height;
  if (whole && inside && region.width > 0 && region.height > 0) return region;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `"${name}": the region ${region.width} × ${region.height} at ${region.x}, ${region.y} is not in ${width} × ${height} pixels`,
    { subject: name, cure: 'Give whole numbers inside the picture.' },
  );
}
