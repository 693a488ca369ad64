import type { FloatImage } from '@cellmixer/pixels';
import type { OpenedImage, PlaneIndex, Region } from '../opened-image.ts';

/** What is asked of the picture that a stack is part of. */
export type StackPicture = Pick<
  OpenedImage,
  'width' | 'height' | 'channels' | 'depth' | 'read' | 'readFloat'
>;

/** Values that are looked at together: reading goes by bands of whole rows, so that the size does not matter. */
const BAND_VALUES = 4_000_000;

/**
 * The plane of a stack that is most in focus: the one whose Laplacian varies most (Pech-Pacheco et al. 2000,
 * doi:10.1109/ICPR.2000.903548). Of equal ones it is that nearest the middle.
 */
export async function sharpestPlane(
  picture: StackPicture,
  planes: readonly PlaneIndex[],
  signal?: AbortSignal,
): Promise<PlaneIndex> {
  const middle = (planes.length - 1) / 2;
  const away = ({ i }: { readonly i: number }) => Math.abs(i - middle);
  const fromMiddle = planes.map((plane, i) => ({ plane, i })).sort((a, b) => away(a) - away(b));
  let best: { readonly plane: PlaneIndex; readonly sharpness: number } | undefined;
  for (const { plane } of fromMiddle) {
    signal?.throwIfAborted();
    const sharpness = await sharpnessOf(picture, plane);
    if (best === undefined || sharpness > best.sharpness) best = { plane, sharpness };
  }
  if (best === undefined) throw new RangeError('a stack without planes has no sharpest one');
  return best.plane;
}

async function sharpnessOf(picture: StackPicture, { time, z }: PlaneIndex): Promise<number> {
  const sums: Sums = { places: 0, sum: 0, squares: 0 };
  for (const region of bandsOf(picture)) add(sums, await picture.readFloat({ time, z, region }));
  return sums.places === 0 ? 0 : sums.squares / sums.places - (sums.sum / sums.places) ** 2;
}

/** Each but the first begins two rows early: the last row of a band and the first of the next need neighbours. */
function bandsOf({ width, height, channels }: StackPicture): Region[] {
  const rows = Math.max(64, Math.floor(BAND_VALUES / (width * channels)));
  const bands: Region[] = [];
  for (let y = 0; y < height; y += rows) {
    const top = Math.max(0, y - 2);
    bands.push({ x: 0, y: top, width, height: Math.min(height, y + rows) - top });
  }
  return bands;
}

interface Sums {
  /** Where all four neighbours are. */
  places: number;
  sum: number;
  squares: number;
}

function add(sums: Sums, { width, height, channels, data }: FloatImage): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 1; y < height - 1; y++) {
      const row = (channel * height + y) * width;
      for (let i = row + 1; i < row + width - 1; i++) {
        const value = 4 * data[i]! - data[i - 1]! - data[i + 1]! - data[i - width]! - data[i + width]!;
        if (!Number.isFinite(value)) continue;
        sums.places++;
        sums.sum += value;
        sums.squares += value * value;
      }
    }
  }
}
