import type { PixelData } from '@cellmixer/pixels';
import type { OpenedImage, PlaneIndex } from '../opened-image.ts';
import type { StackPicture } from './sharpest-plane.ts';

/** The planes of a stack as one picture: at every place the largest value, channel by channel. */
export function maximumOfPlanes(
  picture: StackPicture,
  planes: readonly PlaneIndex[],
): Pick<OpenedImage, 'width' | 'height' | 'channels' | 'depth' | 'read'> {
  const { width, height, channels, depth } = picture;
  return {
    width,
    height,
    channels,
    depth,
    async read(options = {}) {
      const [first, ...others] = planes;
      const most = await picture.read({ ...options, ...first });
      for (const plane of others) raise(most.data, (await picture.read({ ...options, ...plane })).data);
      return most;
    },
  };
}

/** A place that holds no number takes the other's. */
function raise(most: PixelData, other: PixelData): void {
  for (let i = 0; i < most.length; i++)
    if (other[i]! > most[i]! || Number.isNaN(most[i])) most[i] = other[i]!;
}
