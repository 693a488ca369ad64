import { CellMixerError } from '@cellmixer/errors';
import type { SampleDepth } from '../opened-image.ts';
import type { OmeTiffContent } from './pyramid-options.ts';

/** @throws INVALID_ARGUMENT where the options do not fit the picture */
export function checkPyramid(subject: string, options: OmeTiffContent): void {
  const { picture, pixelSizeUm, channelNames = [], significantBits } = options;
  const { width, height, channels } = picture;
  const wrong = (what: string, cure: string): CellMixerError =>
    new CellMixerError('INVALID_ARGUMENT', `"${subject}": ${what}`, { subject, cure });
  for (const count of [width, height, channels]) {
    if (!Number.isInteger(count) || count < 1 || count >= 2 ** 31) {
      throw wrong(
        `a picture of ${width} × ${height} pixels, ${channels} channels`,
        'Give a picture with pixels.',
      );
    }
  }
  if ('data' in picture && picture.data.length !== width * height * channels) {
    throw wrong(
      `${picture.data.length} values for ${width} × ${height} × ${channels}`,
      'Give a raster whose data fits its size.',
    );
  }
  if (pixelSizeUm !== null && !(pixelSizeUm > 0 && pixelSizeUm < Infinity)) {
    throw wrong(
      `a pixel of ${pixelSizeUm} µm`,
      'Give micrometres per pixel, or null where they are unknown.',
    );
  }
  if (channelNames.length !== 0 && channelNames.length !== channels) {
    throw wrong(`${channelNames.length} names for ${channels} channels`, 'Name every channel or none.');
  }
  if (options.rgb && channels !== 3) {
    throw wrong(`${channels} channels as RGB`, 'Only three channels can be red, green and blue.');
  }
  if (
    significantBits !== undefined &&
    !(Number.isInteger(significantBits) && significantBits >= 1 && significantBits <= 64)
  ) {
    throw wrong(`${significantBits} significant bits`, 'Give a whole number of bits.');
  }
}

/** Whether a picture becomes one page of interleaved red, green and blue. */
export function isRgb({ picture, channelNames = [], rgb }: OmeTiffContent, depth: SampleDepth): boolean {
  if (picture.channels !== 3 || depth.bits !== 8 || depth.kind !== 'uint') return false;
  // Channels with names of their own are stains or filters.
  return rgb ?? new Set(channelNames).size <= 1;
}
