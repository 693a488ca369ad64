import { CellMixerError } from '@cellmixer/errors';
import type { ImageSource } from '../contracts.ts';
import { median } from './pooled.ts';

/**
 * The channel count that all pictures share.
 *
 * @throws CellMixerError INVALID_ARGUMENT where there are no pictures or they differ.
 */
export function commonChannels(sources: readonly ImageSource[]): number {
  const first = sources[0];
  if (first === undefined) {
    throw new CellMixerError('INVALID_ARGUMENT', 'there are no pictures to calibrate on', {
      cure: 'Add at least one picture to a culture.',
    });
  }
  const odd = sources.find((source) => source.channels !== first.channels);
  if (odd) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `"${odd.name}" has ${odd.channels} channels, "${first.name}" has ${first.channels}; all pictures must agree`,
      { subject: odd.name, cure: 'Convert the pictures to the same channels.' },
    );
  }
  return first.channels;
}

/** Median pixel size; null unless every picture says its own, for the others would be rescaled by a guess. */
export function commonPixelSize(sources: readonly ImageSource[]): number | null {
  const sizes = sources.flatMap((source) => (source.pixelSizeUm === null ? [] : [source.pixelSizeUm]));
  return sizes.length > 0 && sizes.length === sources.length ? median(sizes) : null;
}

/** Pixels of the common size per pixel of this picture. */
export function sizeRatio(source: Pick<ImageSource, 'pixelSizeUm'>, pixelSizeUm: number | null): number {
  return pixelSizeUm === null || source.pixelSizeUm === null ? 1 : source.pixelSizeUm / pixelSizeUm;
}
