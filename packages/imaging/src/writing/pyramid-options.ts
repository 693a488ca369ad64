import type { Raster } from '@cellmixer/pixels';
import type { OpenedImage } from '../opened-image.ts';
import type { Reduction } from './halve.ts';

/**
 * What can be written: a raster, or an opened picture (or anything like one), which is then read some rows at a
 * time.
 */
export type PyramidPicture = Raster | Pick<OpenedImage, 'width' | 'height' | 'channels' | 'depth' | 'read'>;

export interface OmeTiffContent {
  readonly picture: PyramidPicture;
  /** Which plane of an opened picture; the first if absent. */
  readonly plane?: { readonly time: number; readonly z: number };
  /** Micrometres per pixel, or null where unknown. */
  readonly pixelSizeUm: number | null;
  /** As `OpenedImage.channelNames`: one for each channel, or none at all. */
  readonly channelNames?: readonly (string | null)[];
  /** Shown by viewers. */
  readonly name?: string;
  /** Bits in use where they are fewer than the numbers have, e.g. 12. */
  readonly significantBits?: number;
  /**
   * Three channels are red, green and blue: one page of interleaved samples. If absent, true for three channels
   * of 8 bits whose names do not differ. Only 8 bits can be written like that; others get a page a channel.
   */
  readonly rgb?: boolean;
  /** `mean` if absent; `nearest` for maps of labels or classes. */
  readonly reduction?: Reduction;
  /** BigTIFF even below 4 GiB. */
  readonly bigTiff?: boolean;
  /** An opened picture is read in bands of at most this many bytes, but of 512 rows at least; 256 MiB if absent. */
  readonly bandBytes?: number;
  readonly signal?: AbortSignal;
}

export interface OmeTiffOptions extends OmeTiffContent {
  readonly path: string;
}

/** What has been written. */
export interface WrittenPyramid {
  /** Bytes of the file. */
  readonly bytes: number;
  readonly bigTiff: boolean;
  /** The full resolution first. */
  readonly levels: readonly { readonly width: number; readonly height: number }[];
  /** The smallest level, its longer side at most 512 pixels: enough for a thumbnail. */
  readonly overview: Raster;
}
